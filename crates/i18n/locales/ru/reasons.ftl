### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = Охват приоритетов
goal-coverage-meaning = Как можно больше запрошенной помощи, начиная с самого срочного.
goal-completed = Полностью удовлетворенные запросы
goal-completed-meaning = Как можно больше полностью удовлетворенных запросов с учетом приоритета.
goal-equity = Справедливость
goal-equity-meaning = Первая десятая часть потребностей каждого государства весит больше всего, чтобы никто не остался ни с чем.
goal-synergy = Синергия
goal-synergy-meaning = Маркировка, ведение учета и отслеживание вместе с управлением запасами в одном государстве, а также общие задачи целей в области устойчивого развития.
goal-sustainability = Устойчивость
goal-sustainability-meaning = Результаты, которые сохраняются после окончания помощи.
goal-stability = Стабильность
goal-stability-meaning = Мало изменений по сравнению с прежним планом.
goal-economy = Экономность
goal-economy-meaning = Мало поставщиков помощи на один запрос и небольшие расходы на доставку.

## States of a run and verdicts on its plan.

status-queued = В очереди
status-running = Выполняется
status-succeeded = Завершено
status-optimal = Оптимальность доказана
status-within_gap = Доказано в пределах заданного разрыва
status-limit = Остановлено по лимиту
status-infeasible = Ни один план не отвечает правилам
status-failed = Сбой
status-cancelled = Отменено

## Why a component is not served, or only partly.

reason-no_eligible_offer = Ни одно предложение не может обеспечить этот компонент.
reason-outbid = Предложение { $offer } направлено на компоненты с большим весом.
reason-outbid-many = Подошли бы, но направлены на компоненты с большим весом: { count-offers }.
reason-outbid-unnamed = То, что могло бы подойти, направлено на компоненты с большим весом.
reason-outbid-priority = При приоритете { $priority } этот запрос был бы удовлетворен.
reason-required_unserved = Для него необходим компонент { $component }, который не обеспечен.
reason-alternative_served = Вместо него обеспечивается вариант { $component }.
reason-package_unserved = Совместный запрос { $request } не обеспечен.
reason-obstacle_unmitigated = Ничто не устраняет препятствие: { $obstacle }.
reason-sustainability_short =
    { $missing ->
        [one] До порога устойчивости не хватает { $missing } балла.
        [few] До порога устойчивости не хватает { $missing } баллов.
       *[many] До порога устойчивости не хватает { $missing } баллов.
    }
reason-minimum_unreachable = Подходящие предложения вместе дают { $reachable }, что меньше наименьшего полезного количества.
reason-absorption = Государство { $state } не может освоить больше за период { $period }.
reason-rule_binds = Правило «{ $rule }» не оставляет возможности.
reason-only = Из них только из-за этого правила не подходит: { count-offers }.
reason-missing = Не хватает: { $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = К моменту фиксации раунда ни один координатор еще не подтвердил подлинность этого запроса.
left-out-returned = К моменту фиксации раунда этот запрос был возвращен и еще не подан заново.
left-out-not_circulated = К моменту фиксации раунда подлинность этого запроса была подтверждена, но государство еще не дало согласия на его распространение.
left-out-nothing_outstanding = К моменту фиксации раунда по этому запросу ничего не оставалось: все было получено, обещано или обеспечено иначе.
left-out-outside_horizon = Периоды, в которые эту помощь можно использовать, лежат вне периодов раунда.
left-out-package_incomplete = К моменту фиксации раунда другой запрос этого пакета был подан, но не мог участвовать: пакет участвует целиком или не участвует вовсе.
left-out-after_cut_off = Этот запрос был распространен после истечения срока подачи для раунда.
left-out-components = Это касается следующих компонентов: { $components }.

## The smallest change that would serve a component.

change-setting = В { $file }, { $id }: изменить { $field } с { $from } на { $to }.
change-result = При таком изменении компонент получил бы { $quantity } { $unit }.
change-none = Не найдено ни одного изменения, которое позволило бы его обеспечить.

## Why a match is worth what it is, and how an offer is used.

match-score = { $score } за единицу: вес { $weight } × ценность { $worth } × пригодность { $fit } / 1000
match-bound_by = Не больше из-за: { $rules }
offer-used = Использовано
offer-left = Осталось
offer-why_left = Осталось из-за: { $rules }
offer-marginal = Еще одна единица добавила бы { $value } к первой цели.
