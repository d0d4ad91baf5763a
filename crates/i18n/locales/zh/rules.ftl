### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = 强制执行
mode-warn = 提醒
mode-off = 关闭

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = 工作领域
rule-area-why = { count-refused }：不涵盖这一工作领域。
rule-type = 援助类型
rule-type-why = { count-refused }：不提供这类援助。
rule-unit_and_item = 单位和物项
rule-unit_and_item-why = { count-refused }：实物援助的单位不同或物项不同。
rule-earmark = 指定用途
rule-earmark-why = { count-refused }：该国不在指定用途或供资渠道的区域范围之内。
rule-context = 具体情况
rule-context-why = { count-refused }：不接受在此种情况（冲突或冲突后）下提出的请求。
rule-window = 时期
rule-window-why = { count-refused }：与请求没有共同时期。
rule-embargo = 禁运
rule-embargo-why = { count-refused }：对该国和这类援助实行禁运。
rule-consent = 国家同意
rule-consent-why = { count-refused }：该国排除了该提供方，或未向其分发请求。
rule-contribution = 本国投入
rule-contribution-why = { count-refused }：请求中所列的本国投入低于要求。
rule-sustainability_required = 提供方要求的可持续性
rule-sustainability_required-why = { count-refused }：请求的可持续性得分低于提供方接受的最低值。
rule-action_plan = 国家行动计划
rule-action_plan-why = { count-refused }：须有现行国家行动计划，而请求未提及或所提及的已过时。
rule-report = 国家报告
rule-report-why = { count-refused }：须有更近期的国家报告。
rule-firm_only = 仅限承诺
rule-firm_only-why = { count-refused }：在这一情景中，认捐不计，只计承诺。
rule-duplication = 重复
rule-duplication-why = { count-refused }：现有方案已涵盖该国、该领域、该类援助和该时期。
rule-bare_equipment = 仅有设备
rule-bare_equipment-why = { count-refused }：设备或技术须配有培训和维护，或指明由谁负责。
rule-suitability = 适合性
rule-suitability-why = { count-refused }：专家认为提议不适合这一组成部分。
rule-forbidden = 禁止的匹配
rule-forbidden-why = { count-refused }：协调员或一方已排除这一匹配。

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = 未满足数量
rule-demand-why = 任何组成部分所得不超过尚缺的数量，不可分割者须整体提供。
rule-minimum = 最低有用数量
rule-minimum-why = 低于最低有用数量则无益：组成部分至少得到这一数量，否则不予提供。
rule-capacity = 提议的限额
rule-capacity-why = 提议在总量上和每一时期均不超过其限额。
rule-ticket = 单项捐助额
rule-ticket-why = 提议规定了每项请求的下限和上限。
rule-state_limit = 每个国家的限额
rule-state_limit-why = 提议规定了每个国家的上限。
rule-reach = 请求数目
rule-reach-why = 提议只参与有限数目的请求。
rule-fragmentation = 提供方数目
rule-fragmentation-why = 该国在这项请求中只协调有限数目的提供方。
rule-bundle = 成套提供
rule-bundle-why = 组成部分只与其所需的培训和维护等一并满足。
rule-choice = 备选项
rule-choice-why = 在若干备选项中最多满足一项。
rule-sustainability = 可持续性
rule-sustainability-why = 可持续性得分加上所满足部分的分值须达到门槛。
rule-obstacle = 障碍
rule-obstacle-why = 有障碍的请求，只有在减轻障碍的措施得到满足或已在进行时才予满足。
rule-absorption = 吸收能力
rule-absorption-why = 该国在一个时期内能吸收的数额和开展的请求数目有限。
rule-channel = 供资渠道
rule-channel-why = 供资渠道所能承载的数额有限。
rule-regional_floor = 区域下限
rule-regional_floor-why = 所列每个区域至少得到其所请求数额中的规定份额。
rule-regional_ceiling = 区域上限
rule-regional_ceiling-why = 所列任何区域在方案中所得不超过规定份额。
rule-package = 联合请求
rule-package-why = 联合请求要么一并满足，要么均不满足。
rule-precedence = 措施顺序
rule-precedence-why = 在同一国家，先立法、后登记，先登记、后标记。
rule-locked = 锁定的匹配
rule-locked-why = 协调员锁定的或各方商定的匹配予以保留。
