### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = применять
mode-warn = предупреждать
mode-off = отключить

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = Область работы
rule-area-why = { count-refused }: эта область работы не охвачена.
rule-type = Вид помощи
rule-type-why = { count-refused }: такой вид помощи не оказывается.
rule-unit_and_item = Единица и предмет
rule-unit_and_item-why = { count-refused }: помощь натурой предоставляется в других единицах или это другой предмет.
rule-earmark = Целевое назначение
rule-earmark-why = { count-refused }: государство не подпадает под целевое назначение или регионы канала финансирования.
rule-context = Обстоятельства
rule-context-why = { count-refused }: запросы в таких обстоятельствах (конфликт или постконфликтный период) не принимаются.
rule-window = Период
rule-window-why = { count-refused }: нет периода, совпадающего с запросом.
rule-embargo = Эмбарго
rule-embargo-why = { count-refused }: на это государство и этот вид помощи распространяется эмбарго.
rule-consent = Согласие государства
rule-consent-why = { count-refused }: государство исключает этого поставщика помощи или не направило ему запрос.
rule-contribution = Национальный вклад
rule-contribution-why = { count-refused }: указанный в запросе национальный вклад меньше требуемого.
rule-sustainability_required = Устойчивость, требуемая поставщиком помощи
rule-sustainability_required-why = { count-refused }: оценка устойчивости запроса ниже минимума, принимаемого поставщиком помощи.
rule-action_plan = Национальный план действий
rule-action_plan-why = { count-refused }: требуется действующий национальный план действий, а в запросе он не указан или устарел.
rule-report = Национальный доклад
rule-report-why = { count-refused }: требуется более поздний национальный доклад.
rule-firm_only = Только твердые обязательства
rule-firm_only-why = { count-refused }: в этом сценарии учитываются только обязательства, но не объявленные взносы.
rule-duplication = Дублирование
rule-duplication-why = { count-refused }: существующая программа уже охватывает это государство, область, вид помощи и период.
rule-bare_equipment = Только оборудование
rule-bare_equipment-why = { count-refused }: оборудование или технология должны сопровождаться подготовкой кадров и техническим обслуживанием, либо должно быть указано, кто их обеспечит.
rule-suitability = Пригодность
rule-suitability-why = { count-refused }: по оценке эксперта, предложение не подходит для этого компонента.
rule-forbidden = Запрещенное сопоставление
rule-forbidden-why = { count-refused }: координатор или одна из сторон исключили это сопоставление.

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = Оставшееся количество
rule-demand-why = Ни один компонент не получает больше, чем еще требуется, а неделимое предоставляется целиком.
rule-minimum = Наименьшее полезное количество
rule-minimum-why = Меньше наименьшего полезного количества никому не поможет: компонент получает не меньше этого количества или ничего.
rule-capacity = Объем предложения
rule-capacity-why = Предложение не может дать больше своего объема ни в целом, ни за каждый период.
rule-ticket = Размер одного взноса
rule-ticket-why = В предложении установлены минимум и максимум на один запрос.
rule-state_limit = Предел на одно государство
rule-state_limit-why = В предложении установлен максимум на одно государство.
rule-reach = Число запросов
rule-reach-why = Предложение распространяется на ограниченное число запросов.
rule-fragmentation = Число поставщиков помощи
rule-fragmentation-why = По этому запросу государство координирует ограниченное число поставщиков помощи.
rule-bundle = Комплект
rule-bundle-why = Компонент обеспечивается только вместе с тем, что для него необходимо, например с подготовкой кадров и техническим обслуживанием.
rule-choice = Варианты
rule-choice-why = Обеспечивается не более одного из нескольких вариантов.
rule-sustainability = Устойчивость
rule-sustainability-why = Оценка устойчивости с учетом обеспеченных компонентов должна достигать порога.
rule-obstacle = Препятствие
rule-obstacle-why = Запрос с препятствием обеспечивается, только если обеспечивается или уже осуществляется мера по его устранению.
rule-absorption = Потенциал освоения помощи
rule-absorption-why = За один период государство может освоить ограниченный объем помощи и вести ограниченное число запросов.
rule-channel = Канал финансирования
rule-channel-why = Через канал финансирования может пройти ограниченная сумма.
rule-regional_floor = Региональный минимум
rule-regional_floor-why = Каждый указанный регион получает не менее установленной доли запрошенного.
rule-regional_ceiling = Региональный максимум
rule-regional_ceiling-why = Ни один указанный регион не получает больше установленной доли плана.
rule-package = Совместные запросы
rule-package-why = Совместные запросы обеспечиваются вместе или не обеспечиваются вовсе.
rule-precedence = Очередность мер
rule-precedence-why = В одном государстве закон предшествует ведению учета, а ведение учета — маркировке.
rule-locked = Закрепленное сопоставление
rule-locked-why = Сопоставление, закрепленное координатором или согласованное сторонами, сохраняется.
