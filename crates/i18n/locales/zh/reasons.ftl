### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = 优先事项覆盖率
goal-coverage-meaning = 尽可能多地提供所请求的援助，最紧迫者优先。
goal-completed = 全部满足的请求
goal-completed-meaning = 按优先级加权，尽可能多地全部满足请求。
goal-equity = 公平
goal-equity-meaning = 每个国家需求的首个十分之一权重最大，以免任何国家一无所获。
goal-synergy = 协同增效
goal-synergy-meaning = 在同一国家将标记、记录保存和追查与储存管理相结合，并共享可持续发展目标的具体目标。
goal-sustainability = 可持续性
goal-sustainability-meaning = 援助结束后成果得以持续。
goal-stability = 稳定性
goal-stability-meaning = 与先前方案相比变动小。
goal-economy = 节约
goal-economy-meaning = 每项请求的提供方少，交付开支少。

## States of a run and verdicts on its plan.

status-queued = 排队中
status-running = 运行中
status-succeeded = 已完成
status-optimal = 已证明最优
status-within_gap = 已证明在所要求的差距之内
status-limit = 因达到限制而停止
status-infeasible = 没有方案符合规则
status-failed = 失败
status-cancelled = 已取消

## Why a component is not served, or only partly.

reason-no_eligible_offer = 没有任何提议可满足这一组成部分。
reason-outbid = 提议 { $offer } 已用于权重更大的组成部分。
reason-outbid-many = { count-offers }本可满足它，但已用于权重更大的组成部分。
reason-outbid-unnamed = 本可满足它的提议已用于权重更大的组成部分。
reason-outbid-priority = 若优先级为 { $priority }，这项请求将胜出。
reason-required_unserved = 它需要 { $component }，而后者未获满足。
reason-alternative_served = 已改为满足备选项 { $component }。
reason-package_unserved = 联合请求 { $request } 未获满足。
reason-obstacle_unmitigated = 没有措施减轻这一障碍：{ $obstacle }。
reason-sustainability_short = 距可持续性门槛还差 { $missing } 分。
reason-minimum_unreachable = 可满足它的提议合计为 { $reachable }，低于最低有用数量。
reason-absorption = { $state } 在 { $period } 期间无法吸收更多援助。
reason-rule_binds = 规则“{ $rule }”没有余地。
reason-only = 其中 { count-offers }仅因这一规则而不能满足它。
reason-missing = 缺少：{ $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = 轮次锁定时，尚无协调员确认这项请求。
left-out-returned = 轮次锁定时，这项请求已被退回，尚未重新提交。
left-out-not_circulated = 轮次锁定时，这项请求已获确认，但有关国家尚未同意分发。
left-out-nothing_outstanding = 轮次锁定时，这项请求已无待满足的内容：全部内容均已收到、获得承诺或以其他方式得到满足。
left-out-outside_horizon = 可使用这项援助的期间不在该轮次的期间之内。
left-out-package_incomplete = 轮次锁定时，该请求组的另一项请求已提交但不能参加：请求组要么整体列入，要么不列入。
left-out-after_cut_off = 该请求是在该轮次截止日期之后分发的。
left-out-components = 涉及下列组成部分：{ $components }。

## The smallest change that would serve a component.

change-setting = 在 { $file } 中，{ $id }：将 { $field } 由 { $from } 改为 { $to }。
change-result = 作此改动后，该组成部分将得到 { $quantity } { $unit }。
change-none = 未找到可使其得到满足的单项改动。

## Why a match is worth what it is, and how an offer is used.

match-score = 每单位 { $score }：权重 { $weight } × 价值 { $worth } × 适合性 { $fit } / 1000
match-bound_by = 数量未能更大的原因：{ $rules }
offer-used = 已用
offer-left = 剩余
offer-why_left = 剩余原因：{ $rules }
offer-marginal = 再增加一个单位将使首个目标增加 { $value }。
