### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = Кто кому, чем и когда может помочь в контроле над стрелковым оружием и легкими вооружениями.
navigation-label = Основная навигация
navigation-skip = Перейти к содержанию
navigation-home = Главная
navigation-requests = Запросы
navigation-offers = Предложения
navigation-rounds = Раунды
navigation-scenarios = Сценарии
navigation-runs = Запуски
navigation-proposals = Предлагаемые сопоставления
navigation-commitments = Обязательства
navigation-catalogue = Открытый каталог
navigation-rules = Правила и области
navigation-audit = Журнал аудита
navigation-language = Язык
navigation-sign_in = Войти
navigation-sign_out = Выйти
navigation-account = Моя учётная запись
navigation-interface = Программный интерфейс

## Signing in.

sign_in-title = Вход
sign_in-email = Адрес электронной почты
sign_in-password = Пароль
sign_in-code = Код из приложения аутентификации
sign_in-button = Войти
sign_in-forgotten = Забыли пароль?
sign_in-refused = Адрес электронной почты и пароль не соответствуют друг другу. Проверьте их и повторите попытку.
sign_in-too_many = Слишком много попыток. Подождите несколько минут и повторите.
sign_in-demonstration = Демонстрация: выберите роль.
sign_in-link_needed = Откройте полученную ссылку для входа. Каждая ссылка действует один раз в течение суток.
sign_in-link_refused = Ссылка уже использована, отозвана или просрочена. Попросите у координатора новую.
sign_in-with = Войти через { $provider }
sign_in-code_where = Только если вы его настроили.
sign_in-code_needed = Введите также код из приложения аутентификации.
sign_in-code_refused = Этот код не действует сейчас или уже использован. Дождитесь следующего.
sign_in-not_invited = Ваша организация вас знает, но с этой учётной записью здесь ни у кого нет доступа. Попросите координатора или руководителя вашей стороны пригласить вас по адресу электронной почты вашей организации.
sign_in-not_finished = Вход не завершён: он занял слишком много времени, был прерван или начат в другом браузере. Начните заново.
sign_in-one_factor = Ранее ваша организация запрашивала у вас второй фактор, а в этот раз не запросила. Войдите через неё с обоими факторами или обратитесь к координатору.
sign_in-provider_down = Служба входа вашей организации сейчас не отвечает. Повторите попытку через несколько минут; остальная часть сайта работает.
password-forgotten-title = Забытый пароль
password-not_an_address = Это не адрес электронной почты. Исправьте его и повторите попытку.
password-ask = Отправить мне ссылку
password-asked = Если кто-либо входит сюда по паролю с этим адресом, ссылка уже отправлена и действует один час. Если она не придёт, попросите руководителя вашей стороны пригласить вас снова.
password-new-title = Выбор нового пароля
password-new = Новый пароль
password-length = Не менее 12 знаков.
password-set = Сохранить пароль
password-link_refused = Ссылка уже использована, отозвана или просрочена. Запросите новую.

## A link that lets somebody in.

link-title = Вход по этой ссылке
link-title_invited = Вы приглашены
link-accepts = Приняв приглашение, вы действуете от имени:
link-unused = Ссылка действует один раз. Её использует кнопка ниже, а не открытие этой страницы.
link-accept = Принять и войти

## My account.

account-title = Моя учётная запись
account-owes = Чтобы завершить вход, настройте второй фактор. До этого вы видите то же, что и все.
account-places = Вы действуете от имени
account-invited = Приглашение ждёт ответа
account-suspended = Приостановлено
account-manager = Руководитель
account-member = Участник
account-password-is_set = Он у вас есть.
account-password-none = У вас его пока нет.
account-password-choose = Выбрать пароль
account-password-change = Сменить пароль
account-password-why = Отныне вы входите с адресом электронной почты и этим паролем.
account-password-current = Текущий пароль
account-password-current_refused = Это не ваш текущий пароль.
account-password-too_long = Слишком длинный. Выберите покороче.
account-password-keep = Оставить мой пароль
account-password-later = Продолжить без пароля
account-password-done = Пароль изменён. Во всех других местах вы больше не в системе.
account-factor-title = Второй фактор
account-factor-why = Приложение аутентификации работает на телефоне или компьютере. Каждые полминуты оно показывает новый код из шести цифр. Вы вводите его при входе, чтобы один лишь пароль никого не впускал.
account-factor-needed = Он нужен руководителям и всем, кто действует от имени координатора.
account-factor-since = Действует с { $date }.
account-factor-none = Не настроен.
account-factor-begin = Настроить второй фактор
account-factor-renew = Настроить другой вместо него
account-factor-renew_why = Введите код из приложения, которое у вас есть. Оно действует, пока вы не подтвердите код нового. Если вы его потеряли, попросите руководителя вашей стороны пригласить вас снова.
account-factor-scan = Отсканируйте это изображение приложением аутентификации.
account-factor-picture = Изображение секрета для приложения аутентификации
account-factor-open = Или откройте приложение аутентификации на этом устройстве
account-factor-type = Или введите в него этот секрет:
account-factor-once = Он показан только на этой странице. Не закрывайте её, пока не подтвердите код.
account-factor-code = Шесть цифр, которые оно показывает сейчас.
account-factor-code_missing = Введите шесть цифр, которые показывает приложение аутентификации.
account-factor-confirm = Подтвердить
account-factor-later = Позже
account-factor-done = Второй фактор действует.
account-sessions = Где вы вошли
account-sessions-this = Здесь
account-sessions-end = Выйти во всех других местах
account-sessions-done = Больше вы нигде не в системе.
account-column-how = Как
account-column-began = С какого времени
account-column-used = Последний раз
account-by_link = По ссылке
account-by_password = По паролю
account-by_new_password = По новому паролю
account-by_second_factor = С новым вторым фактором
account-by_provider = Через { $provider }
account-by_unused_link = Ещё не использованная ссылка

## People.

role-state = Контактное лицо государства
role-provider = Поставщик помощи
role-coordinator = Координатор
role-observer = Наблюдатель

## A run.

run-title = Запуск: { $scenario }
run-based_on = На основе { $scenario }
run-size = { count-requests }, { count-components }, { count-offers }
run-again = Запустить снова
run-cancel = Отменить
run-compare = Сравнить с другим запуском
run-stress = Проверить без объявленных взносов
run-publish = Опубликовать как предлагаемые сопоставления
run-verified = Проверено
run-not_verified = Не проверено: этот план использовать нельзя.
run-progress = Ход выполнения
run-figure-matches = Сопоставления
run-figure-requests_served = Обеспеченные запросы
run-figure-requests_completed = Полностью удовлетворенные запросы
run-figure-components_served = Обеспеченные компоненты
run-figure-cost = Стоимость сопоставленной помощи
run-figure-gap = Доказанный разрыв
run-figure-seconds = Затраченное время
run-figure-of = из { $total }
run-gap-meaning = Ни один план по этим правилам не может быть лучше по первой цели более чем на эту величину. Сколько от неё затем взяли следующие цели, показано в таблице целей.
run-section-flow = Поток помощи
run-section-coverage = Охват по регионам и областям
run-section-price = Цена каждой цели
run-section-matches = Сопоставления
run-section-unserved = Что не обеспечено и почему
run-section-offers = Использование каждого предложения
run-section-downloads = Загрузки
run-column-goal = Цель
run-column-best = Лучшее отдельно
run-column-value = В этом плане
run-column-gap = Доказанный разрыв
run-column-component = Компонент
run-column-request = Запрос
run-column-offer = Предложение
run-column-period = Период
run-column-quantity = Количество
run-column-cost = Стоимость
run-column-rule = Правило
run-column-why = Почему
run-column-change = Наименьшее изменение
run-column-started = Начало
run-all = Все ({ $number })
run-none-matches = По этим правилам не найдено ни одного сопоставления.
run-none-unserved = Все компоненты обеспечены полностью.
run-download-snapshot = Зафиксированная задача (JSON)
run-download-run = Запуск целиком с сертификатом (JSON)
run-download-plan = План (CSV)
run-download-table = Таблица
run-verify-title = Как проверить этот запуск
run-verify-text = Загрузите запуск целиком и пересчитайте его на своем компьютере. Решатель не нужен, а любое изменение файла обнаруживается.
run-verify-hash = SHA-256 зафиксированной задачи: { $hash }
run-waiting = Запуск ожидает свободного процесса. План появится на этой странице, когда будет готов.
run-infeasible = Ни один план не отвечает одновременно всем правилам и закреплениям. Ослабьте закрепление или правило и запустите снова.
run-failed = Запуск завершился без плана. Причина: { $reason }
run-cancelled = Запуск отменен до того, как появился план.
run-partial = Вам видны итоги и те сопоставления, которые вам доступны. Запуск целиком открыт координаторам.
run-so_far = На данный момент

## Rounds and the front page.

round-open = Открыт
round-frozen = Зафиксирован
round-published = Опубликован
round-decided = Решен
round-closed = Закрыт
round-cut_off = Срок подачи: { $date }
front-title = Раунды сопоставления и их итоги
front-recount-title = Пересчитайте сами
front-recount-text = Каждый план здесь проверен программой, которая ничего не знает об оптимизаторе. Загрузите запуск с сертификатом и повторите проверку на своем компьютере:

## Mail of a server in development.

shown_mail-title = Неотправленная почта
shown_mail-note = Отсюда почта не отправляется. Ниже — письма, которые были бы отправлены с момента запуска сервера, начиная с самых новых; хранится не более { $most } писем. Кто знает адрес этой страницы, может войти от имени любого: никому его не сообщайте.
shown_mail-to = Кому:
shown_mail-open = Открыть ссылку из этого письма

## Words on many pages.

action-save = Сохранить
action-send = Отправить
action-accept = Принять
action-decline = Отклонить
action-back = Назад
action-next = Далее
action-search = Найти
list-empty = Здесь пока ничего нет.
list-more = Еще
