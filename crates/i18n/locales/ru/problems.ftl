### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = Отправленное не удалось прочитать
problem-bad_request-advice = Исправьте указанное ниже и отправьте снова.
problem-unauthenticated = Сначала войдите
problem-unauthenticated-advice = Эта страница доступна после входа.
problem-forbidden = Ваша роль этого не допускает
problem-forbidden-advice = Попросите это право у руководителя вашей стороны.
problem-not_found = Здесь ничего нет
problem-not_found-advice = Страница не существует или вам не видна. Проверьте адрес.
problem-conflict = Невозможно в нынешнем состоянии
problem-conflict-advice = Сейчас возможно: { $allowed }.
problem-before_cut_off = Срок подачи для раунда еще не истек
problem-before_cut_off-advice = Этот раунд можно зафиксировать начиная с этого времени: { $date }. Зафиксируйте его тогда или перенесите срок подачи.
problem-changed = За это время кто-то внес изменения
problem-changed-advice = Загрузите заново, посмотрите изменение и повторите свое.
problem-too_large = Слишком большой объем
problem-too_large-advice = За один раз можно отправить не более { $limit }. Отправьте по частям.
problem-invalid = Некоторые поля требуют исправления
problem-invalid-advice =
    { $fields ->
        [one] Ниже отмечено { $fields } поле с указанием, что делать.
        [few] Ниже отмечены { $fields } поля с указанием, что делать.
       *[many] Ниже отмечено { $fields } полей с указанием, что делать.
    }
problem-too_many = Слишком много обращений сразу
problem-too_many-advice =
    { $seconds ->
        [one] Повторите через { $seconds } секунду.
        [few] Повторите через { $seconds } секунды.
       *[many] Повторите через { $seconds } секунд.
    }
problem-internal = У нас произошла ошибка
problem-internal-advice = Ничего не потеряно. Повторите попытку; если ошибка останется, сообщите координатору этот номер: { $reference }.
problem-unavailable = Временно недоступно
problem-unavailable-advice = Служба занята или перезапускается. Повторите попытку чуть позже.
