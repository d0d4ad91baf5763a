### Refusals of the interface.
## Refusals of the interface (RFC 9457): what happened, what happened this time, what to do.

refusal-unauthenticated = Сначала подтвердите свои полномочия
refusal-unauthenticated-detail = Обращение не сопровождалось действительным ключом доступа.
refusal-unauthenticated-action = Передайте действующий ключ в виде Authorization: Bearer nm_….
refusal-forbidden = Вам это не разрешено
refusal-forbidden-detail = Ваши стороны и полномочия не допускают этого действия: { $action }.
refusal-forbidden-action = Обратитесь к руководителю стороны или используйте ключ с нужными полномочиями.
refusal-not_found = Здесь ничего подобного нет
refusal-not_found-detail = Среди того, что вам доступно, не найдено: { $kind } { $key }.
refusal-not_found-action = Сверьте адрес с описанием в /api/v1/openapi.json.
refusal-method_not_allowed = Этот адрес не поддерживает такой метод
refusal-method_not_allowed-detail = Такой адрес существует, но не для этого метода.
refusal-method_not_allowed-action = Сверьте адрес с описанием в /api/v1/openapi.json.
refusal-not_allowed_now = Этот шаг сейчас невозможен
refusal-not_allowed_now-detail = Текущее состояние ({ $kind }): { $state }; этот шаг сейчас невозможен: { $step }.
refusal-not_allowed_now-action = Сейчас возможно: { $allowed }.
refusal-not_allowed_now-end = Изменить это уже нельзя.
refusal-before_cut_off = Срок подачи для раунда еще не истек
refusal-before_cut_off-detail = Запросы и предложения этого раунда принимаются до { $cut_off_at }; зафиксировать его можно с этого момента.
refusal-before_cut_off-action = Зафиксируйте его после этого срока или перенесите срок подачи.
refusal-taken = Это значение уже занято
refusal-taken-detail = Уже занято: { $what }.
refusal-taken-action = Выберите другое или измените запись, которой оно принадлежит.
refusal-in_flight = Первое обращение с этим ключом еще выполняется
refusal-in_flight-detail = Первое обращение с этим ключом Idempotency-Key еще не завершено.
refusal-in_flight-action = Повторите то же обращение чуть позже.
refusal-version_mismatch = За это время внесены изменения
refusal-version_mismatch-detail = Вы указали версию { $expected }, текущая версия — { $actual }.
refusal-version_mismatch-action = Прочитайте заново и внесите изменение в текущую версию.
refusal-too_large = Слишком большой объем
refusal-too_large-detail = { $what }: { $actual }; допускается не более { $limit }.
refusal-too_large-action = Отправляйте меньше за один раз.
refusal-unsupported_media_type = Отправьте данные в формате JSON
refusal-unsupported_media_type-detail = Тело сообщения не обозначено как application/json.
refusal-unsupported_media_type-action = Отправьте сообщение с заголовком Content-Type: application/json.
refusal-not_json = Это не JSON
refusal-not_json-detail = Тело сообщения не удалось прочитать: { $reason }.
refusal-not_json-action = Исправьте указанное и отправьте снова.
refusal-bad_parameter = Один из параметров указан неверно
refusal-bad_parameter-detail = Параметр { $name }: «{ $value }»; ожидается: { $expected }.
refusal-bad_parameter-action = Исправьте указанное и отправьте снова.
refusal-invalid = Документ нарушает правила
refusal-invalid-detail =
    { $count ->
        [one] { $count } ошибка; она указана в errors с ее местом.
        [few] { $count } ошибки; каждая указана в errors с ее местом.
       *[many] { $count } ошибок; каждая указана в errors с ее местом.
    }
refusal-invalid-action = Исправьте указанное и отправьте снова.
refusal-key_reused = Этот ключ идемпотентности уже использован для другого
refusal-key_reused-detail = Этот ключ Idempotency-Key уже сопровождал другое обращение.
refusal-key_reused-action = Для нового обращения используйте новый ключ.
refusal-rule_broken = Этому препятствует правило реестра
refusal-rule_broken-detail = Правило: { $rule }.
refusal-rule_broken-action = Измените отправляемое так, чтобы правило соблюдалось.
refusal-cannot_freeze = Раунд нельзя зафиксировать
refusal-cannot_freeze-detail = { $faults }
refusal-cannot_freeze-action = Исправьте указанные строки.
refusal-version_required = Укажите, какую версию вы изменяете
refusal-version_required-detail = Изменение без указания исходной версии могло бы отменить чужое изменение.
refusal-version_required-action = Передайте в If-Match прочитанное значение ETag.
refusal-too_many_requests = Слишком много обращений
refusal-too_many_requests-detail = Одновременно поступило больше, чем принимается.
refusal-too_many_requests-action = Повторите то же обращение через столько секунд, сколько указано в `Retry-After`.
refusal-internal = У нас произошла ошибка
refusal-internal-detail = Ошибка на нашей стороне; она записана в журнале под номером обращения.
refusal-internal-action = Сообщите номер обращения, указанный в X-Request-Id.
refusal-busy = Занято; повторите попытку
refusal-busy-detail = Мешает другое изменение.
refusal-busy-action = Повторите то же обращение чуть позже.
refusal-unavailable = Реестр недоступен
refusal-unavailable-detail = Реестр не отвечает.
refusal-unavailable-action = Повторите то же обращение чуть позже.
refusal-storage_full = Не осталось места
refusal-storage_full-detail = Реестр больше не может вести запись.
refusal-storage_full-action = Попросите оператора освободить место.

## What keeps a round from being frozen. The place stands before it.

freeze-place = { $file }, строка { $row }, столбец { $column }: { $fault }
freeze-place-row = { $file }, строка { $row }: { $fault }
freeze-place-column = { $file }, столбец { $column }: { $fault }
freeze-place-file = { $file }: { $fault }
freeze-setting = вариант «{ $setting }»: { $fault }
freeze-unknown = «{ $value }» отсутствует в сценарии: исправьте или добавьте строку, на которую сделана ссылка
freeze-duplicate = встречается дважды: удалите одну из строк
freeze-out_of_range = { $value } выходит за пределы от { $least } до { $most }: исправьте
freeze-foreign_mitigation = компонент «{ $component }» относится к другому запросу: укажите компонент того же запроса
freeze-missing_rate = нет курса для «{ $currency }»: добавьте { $currency } в раздел [rates] файла scenario.toml
freeze-converted_too_large = составляет { $converted } в учетной валюте, что больше { $limit }: исправьте сумму или курс либо ведите учет в более крупной единице
freeze-weight_too_large = вес запроса «{ $request }» составил бы { $weight }, что больше { $limit }: используйте меньшие веса
freeze-draw_too_large = одна единица потребовала бы { $draw } тысячных от предложения «{ $offer }», что больше { $limit } в 1000 раз: используйте меньшую и более дешевую единицу или меньшее значение delivery_permille
freeze-score_too_large = одна единица из предложения «{ $offer }» получила бы { $score }, что не помещается в 64 бита: используйте меньшие веса, меньшее значение unit_value или меньшую единицу
freeze-lock_without_period = для фиксации нужен период: заполните его
freeze-lock_on_met = потребность по компоненту уже покрыта полученным или программой: снимите фиксацию либо исправьте полученное или объем программы
freeze-lock_on_settled = уже выполнен другой вариант выбора для этого компонента: снимите фиксацию или исправьте полученное по другому варианту
freeze-locked_and_forbidden = пара одновременно зафиксирована и запрещена в этом периоде: снимите фиксацию или запрет
freeze-problem = Проверка задачи, { $place }: { $what }
freeze-total = сумма ({ $name }) превышает 2^62: возьмите более крупную расчетную единицу или меньшие веса

## Parts of sentences with values.

part-one_of = одно из следующих значений: { $allowed }
part-number = число от { $least } до { $most }
part-characters = от 1 до { $most } видимых знаков ASCII
part-character = содержит { $character }, что недопустимо в идентификаторе (нельзя: пробелы по краям, управляющие знаки и знаки направления, `;` и `@`)
part-json = не JSON в строке { $line }, позиция { $column }
part-step_from = шаг из состояния «{ $state }»
part-with = { $phrase }: { $value }
part-field = { $place }: { $fault }; { $action }
part-about = «{ $value }» { $fault }
