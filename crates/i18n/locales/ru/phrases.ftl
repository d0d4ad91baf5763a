### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = регистрация стороны
may-change_a_party = изменение данных стороны
may-change_the_profile_of_a_party = изменение регионов и групп государства
may-read_the_audit_log = чтение журнала аудита
may-see_members = просмотр участников
may-manage_members = управление участниками
may-manage_tokens = управление ключами доступа
may-manage_webhooks = управление автоматическими уведомлениями
may-register_a_request = регистрация запроса
may-change_a_request = изменение запроса
may-endorse_a_request = одобрение запроса
may-submit_a_request = представление запроса
may-return_a_request = возврат запроса
may-authenticate_a_request = подтверждение запроса
may-circulate_a_request = распространение запроса
may-revise_a_request = пересмотр запроса
may-prolong_a_request = продление запроса
may-withdraw_a_request = отзыв запроса
may-expire_a_request = признание запроса устаревшим
may-open_a_package = открытие пакета запросов
may-invite_to_a_package = приглашение в пакет запросов
may-withdraw_a_package = отзыв пакета запросов
may-join_a_package = присоединение к пакету запросов
may-decline_a_package = отказ от присоединения к пакету запросов
may-leave_a_package = выход из пакета запросов
may-register_an_offer = регистрация предложения
may-change_an_offer = изменение предложения
may-submit_an_offer = представление предложения
may-confirm_an_offer = подтверждение предложения
may-withdraw_an_offer = отзыв предложения
may-expire_an_offer = признание предложения устаревшим
may-register_a_programme = регистрация программы
may-change_a_programme = изменение программы
may-confirm_a_programme = подтверждение программы
may-keep_the_catalogue = ведение каталога
may-take_a_national_report_in = прием национального доклада
may-read_findings = чтение замечаний
may-keep_funding_channels = ведение каналов финансирования
may-prepare_a_round = подготовка раунда
may-freeze_a_round = фиксация раунда
may-publish_a_round = публикация раунда
may-prepare_a_scenario = подготовка сценария
may-run_a_scenario = расчет сценария
may-admit_an_observer = допуск наблюдателя
may-read_why_a_request_went_without = чтение причин, по которым запрос не удовлетворен
may-write_about_a_proposal = переписка о предлагаемом сопоставлении
may-change_a_proposal = изменение предлагаемого сопоставления
may-assess_a_proposal = оценка предлагаемого сопоставления
may-answer_a_proposal = ответ на предлагаемое сопоставление
may-write_a_commitment = запись обязательства
may-call_off_what_was_agreed = отмена достигнутой договоренности
may-enter_a_disbursement = запись выплаты
may-confirm_a_delivery = подтверждение поставки
may-evaluate_a_commitment = оценка обязательства
may-cancel_a_commitment = отмена обязательства
may-file_a_document = подшивка документа
may-read_a_whole_run = чтение расчета целиком
may-try_out_a_sandbox = опробование тестовой стороны
may-import_tables = импорт таблиц
may-change_a_password_without_the_current_one = смена пароля без указания нынешнего
may-act_as_a_person = действия от имени физического лица
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = вход без второго фактора, который запрашивала ваша организация

## What is meant.

thing-party = сторона
thing-state = государство
thing-provider = поставщик
thing-coordinator = координатор
thing-observer = наблюдатель
thing-person = лицо
thing-credential = средство доступа
thing-token = ключ доступа
thing-second_factor = второй фактор
thing-membership = членство
thing-webhook = автоматическое уведомление
thing-delivery = отправка
thing-mail = письмо
thing-request = запрос
thing-component = компонент
thing-package = пакет запросов
thing-offer = предложение
thing-programme = программа
thing-item = предмет
thing-channel = канал
thing-report = доклад
thing-import = импорт
thing-table = таблица
thing-document = документ
thing-round = раунд
thing-scenario = сценарий
thing-run = расчет
thing-sweep = серия расчетов
thing-proposal = предлагаемое сопоставление
thing-commitment = обязательство
thing-outcome = результат
thing-shortfall = неудовлетворенная потребность
thing-address = адрес
thing-resource = ресурс
thing-file = файл
thing-step_of_a_request = шаг запроса
thing-step_of_an_offer = шаг предложения
thing-step_of_a_package = шаг пакета запросов
thing-step_of_a_round = шаг раунда
thing-step_of_a_proposal = шаг предлагаемого сопоставления
thing-step_of_a_commitment = шаг обязательства
thing-result_of_run = результат расчета
thing-finished_run_of_this_round = завершенный расчет этого раунда
thing-component_or_offer_of_proposal = компонент или предложение в составе предлагаемого сопоставления

## Where something stands.

state-draft = проект
state-endorsed = одобрено
state-submitted = представлено
state-returned = возвращено
state-authenticated = подтверждено
state-circulated = распространено
state-in_round = участвует в раунде
state-partly_met = удовлетворено частично
state-met = удовлетворено
state-withdrawn = отозвано
state-expired = срок истек
state-confirmed = подтверждено
state-available = доступно
state-reserved = частично зарезервировано
state-exhausted = исчерпано
state-open = открыто
state-frozen = зафиксировано
state-published = опубликовано
state-decided = решено
state-closed = закрыто
state-queued = в очереди
state-running = выполняется
state-succeeded = успешно завершено
state-limit = остановлено ограничением
state-infeasible = допустимого плана нет
state-failed = не удалось
state-cancelled = отменено
state-proposed = предложено
state-agreed = согласовано
state-declined = отклонено
state-lapsed = утратило силу
state-committed = обязательство принято
state-disbursing = выплачивается
state-delivered = доставлено
state-evaluated = оценено
state-waiting = в ожидании
state-invited = приглашено
state-joined = участвует
state-left = вышло
state-ended = завершено
state-active = действует
state-suspended = приостановлено
state-stopped = остановлено
state-retired = выведено из употребления
state-in_use = используется
state-run = уже рассчитано

## Steps.

step-endorse = одобрить
step-submit = представить
step-return = вернуть
step-authenticate = подтвердить подлинность
step-circulate = распространить
step-revise = пересмотреть
step-withdraw = отозвать
step-expire = признать устаревшим
step-invite = пригласить
step-join = присоединиться
step-leave = выйти
step-confirm = подтвердить
step-freeze = зафиксировать
step-publish = опубликовать
step-decide = принять решение
step-close = закрыть
step-accept = принять
step-decline = отклонить
step-change = изменить
step-rewrite = переписать
step-assess = дать оценку
step-commit = принять обязательство
step-call_off = отменить договоренность
step-disburse = выплатить
step-deliver = доставить
step-evaluate = оценить
step-cancel = отменить
step-set_up = настроить
step-send_to_a_webhook = отправить автоматическое уведомление

## What is measured, with its unit.

what-text_bytes = текст (байты)
what-body_bytes = тело сообщения (байты)
what-tables_bytes = таблицы (байты)
what-document_bytes = документ (байты)
what-message_bytes = сообщение (байты)
what-snapshot_bytes = снимок состояния (байты)
what-idempotency_key_bytes = ключ идемпотентности (байты)
what-documents = документы
what-more = больше
what-webhooks = автоматические уведомления
what-components = компоненты
what-areas = направления
what-scopes = полномочия
what-parties_named = названные стороны
what-chain_of_bases = цепочка базовых сценариев
what-problems_of_a_sweep_bytes = задачи серии расчетов (байты)
what-the_external_id_of_a_request = собственный номер запроса (external_id)
what-the_reference_of_a_request = обозначение запроса
what-the_reference_of_a_component = обозначение компонента
what-the_external_id_of_an_offer = собственный номер предложения (external_id)
what-the_reference_of_an_offer = обозначение предложения
what-the_external_id_of_a_programme = собственный номер программы (external_id)
what-the_reference_of_a_programme = обозначение программы
what-the_code_of_a_channel = код канала
what-the_code_of_an_item = код предмета
what-the_code_of_a_party = код стороны
what-the_address_of_a_person = адрес лица
what-the_name_of_a_scenario_in_its_round = название сценария в раунде
what-the_published_run_of_a_round = опубликованный расчет раунда
what-the_proposal_of_this_match = это предлагаемое сопоставление
what-the_commitment_of_a_proposal = обязательство по предлагаемому сопоставлению
what-the_outcome_of_a_commitment = итог обязательства
what-the_report_of_a_state_for_this_year = национальный доклад государства за этот год
what-the_account_of_a_person_at_their_sign_in_service = учетная запись лица в службе входа
what-a_value_that_must_be_unique = значение, которое должно быть единственным

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = для второго фактора и автоматических уведомлений нужен ключ оператора (access.key_file)
broken-this_is_not_the_code_of_the_moment = это не действующий сейчас код
broken-a_report_stands_before_it_is_signed = доклад составляется до его подписания
broken-only_a_run_with_a_plan_is_published = публикуется только расчет, давший план
broken-proposals_still_wait_for_an_answer = предлагаемые сопоставления еще ждут ответа
broken-the_request_is_withdrawn = запрос отозван
broken-the_request_is_expired = срок действия запроса истек
broken-the_offer_is_withdrawn = предложение отозвано
broken-the_offer_is_expired = срок действия предложения истек
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = последний управляющий стороны остается им, пока нет другого
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = открывший пакет запросов отзывает его, а не выходит из него
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = в раунде, по которому еще нет решения, есть запросы этого пакета
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = оборудование, технологии и программное обеспечение принимаются после оценки их пригодности (п. 101)
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = согласно зарегистрированной оценке это не является пригодным и устойчивым (п. 101)
broken-another_proposal_of_the_round_is_for_that_period = на этот период уже есть другое предлагаемое сопоставление этого раунда
broken-with_these_terms_the_plan_breaks = при этих условиях план нарушает
broken-no_more_is_disbursed_than_was_promised = выплачивается не больше обещанного
broken-no_more_is_delivered_than_was_agreed = поставляется не больше, чем согласовано
broken-the_component_does_not_need_that_much_any_more = компоненту столько уже не требуется
broken-the_offer_does_not_hold_that_much_any_more = в предложении столько уже нет
broken-a_component_that_help_is_committed_to_stays = компонент, по которому принято обязательство о помощи, сохраняется
broken-this_is_for_sandboxes_alone = это доступно только для тестовых сторон
broken-only_what_a_sandbox_holds_is_wiped = стирается только то, что содержит тестовая сторона

## What is expected in a place.

expected-an_object = объект
expected-an_id_of_the_table_of_requests = идентификатор из таблицы запросов
expected-an_id_of_the_table_of_offers = идентификатор из таблицы предложений
expected-true_or_false = true или false, без кавычек
expected-a_list = список
expected-a_table = таблица
expected-a_text_between_quotation_marks = текст в кавычках
expected-a_whole_number = целое число
expected-a_whole_number_without_quotation_marks = целое число без кавычек
expected-a_whole_number_from_0_to_18446744073709551615 = целое число от 0 до 18446744073709551615
expected-a_number_of_permille_from_0_upwards = число промилле, не меньше 0
expected-a_list_with_a_result_for_each_indicator = список с результатом по каждому показателю
expected-a_list_of_five_whole_numbers_priority_1_first = список из пяти целых чисел, начиная с приоритета 1
expected-a_list_of_goals = список целей
expected-a_list_of_ids = список идентификаторов
expected-an_id_between_quotation_marks = идентификатор в кавычках
expected-a_relative_path_between_quotation_marks = относительный путь в кавычках
expected-a_goal_such_as_goal_coverage = цель в следующем виде: { "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = документ с настройками
expected-a_pdf_file_from_pdf_to_eof = файл PDF, от %PDF- до %%EOF
expected-an_address_of_mail = адрес электронной почты
expected-the_next_of_a_page_in_the_same_order = значение `next` страницы в том же порядке
expected-the_next_of_a_page = значение `next` одной из страниц
expected-the_etag_of_what_is_changed_such_as_3 = значение ETag изменяемого, например "3"
expected-a_key_of_your_own_choice_needed_for_decisions = ключ по вашему выбору, обязательный для решений
expected-the_number_of_an_event = номер события
expected-exactly_one_of_request_offer_proposal_and_commitment = ровно один из параметров: request (запрос), offer (предложение), proposal (предлагаемое сопоставление) или commitment (обязательство)
expected-a_set_of_known_parameters = набор известных параметров
expected-the_kind_of_the_subject_that_is_named = видом указанного объекта
expected-a_moment_such_as_2026_01_15t09_00_00z = моментом времени, например 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = днем, например 2026-01-15

## Why a text is not what it should be.

because-is_empty = пусто
because-is_longer_than_100_characters = длиннее 100 знаков
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = это не адрес с именем узла, например https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = содержит имя пользователя, пароль или фрагмент
because-it_does_not_begin_with_https = не начинается с https://
because-its_host_is_no_public_one = его узел не является общедоступным
because-it_did_not_come_in_time = не поступило вовремя
because-it_broke_off_on_the_way = передача прервалась

## What the check of a problem finds.

freeze-wrong-at_least_one_period = нужен хотя бы один период
freeze-wrong-at_least_one_goal = нужна хотя бы одна цель
freeze-wrong-must_be_sorted_without_duplicates = строки должны быть упорядочены и не повторяться
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = это не правило плана, либо его нельзя смягчить
freeze-wrong-every_rule_of_the_plan = должны быть указаны все правила плана
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = значение give должно лежать от 0 до 1000, значение provider_cost — от 0 до 10^12
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = периоды по порядку в пределах горизонта, суммы от 0 до 10^12
freeze-wrong-state_outside_the_table_of_states = государства нет в таблице государств
freeze-wrong-weights_and_scores_0_to_10_12 = веса и оценки от 0 до 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets упорядочены и не повторяются
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = смягчающий препятствие компонент должен относиться к тому же запросу
freeze-wrong-request_outside_the_table_of_requests = запроса нет в таблице запросов
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding, minimum и unit_cost не менее 1, minimum не больше outstanding
freeze-wrong-requires_other_components_sorted = requires: другие компоненты по порядку
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = пары упорядочены, интервалы не пересекаются и лежат в пределах таблиц, draw не менее 1
freeze-wrong-provider_outside_the_table_of_providers = поставщика нет в таблице поставщиков
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = суммы от 0 до 10^12, delivery_permille от 1 до 1000000
freeze-wrong-per_period_one_amount_a_period = per_period: одна сумма на период
freeze-wrong-amount_period_and_states_inside_their_bounds = сумма, период и государства в допустимых пределах
freeze-wrong-sorted_by_region = по порядку регионов
freeze-wrong-share_0_to_1000_states_of_the_problem = share от 0 до 1000, государства из задачи
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = допустимая пара и количество не менее 1

## What a problem sums up.

freeze-sum-score = оценки
freeze-sum-cost = затраты
freeze-sum-draw = расход предложений
freeze-sum-priority_weights = веса приоритетов
freeze-sum-sustainability = устойчивость
freeze-sum-economy = экономия
