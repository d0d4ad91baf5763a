### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = 援助从提供方流向受援方
chart-flow-description = { count-providers }，{ count-states }。下表载有相同数据。
chart-flow-ribbon = { $provider } → { $recipient }：{ $amount }
chart-other = 其他（{ $number }）
chart-share_used = { $amount } · 已用 { $share }
chart-share_asked = { $amount } · 所请求的 { $share }

## Other charts.

chart-heat-title = 按区域和领域分列的覆盖率
chart-heat-description = 方案所提供援助占所请求援助的比例。格子颜色越深、纹理越密，覆盖率越高；空格表示没有请求。
chart-use-title = 每项提议的使用情况
chart-use-description = 方案对每项提议的使用量和剩余量。
chart-life_cycle-title = 储存管理生命周期：缺口
chart-life_cycle-description = 六个要素：规范、结构与程序、培训、人员、资金、基础设施。
chart-progress-title = 最佳方案与上界随时间的变化
chart-progress-description = 所得方案上升，上界下降；两者相遇之处，方案即被证明为最优。
chart-tradeoff-title = 一个目标对另一目标的代价
chart-tradeoff-description = 每个点为一次运行。以线相连的点在两个目标上均不被其他点超过。
chart-map-title = 按国家和次区域分列的覆盖率
chart-map-description = 每个国家一格，按次区域分组。图格不显示边界，也不意味着对任何领土的地位表示意见。

## Words of tables and axes.

chart-column-provider = 提供方
chart-column-recipient = 受援方
chart-column-amount = 数额
chart-column-region = 区域
chart-column-area = 领域
chart-column-state = 国家
chart-column-offer = 提议
chart-column-coverage = 覆盖率
chart-column-total = 总计
chart-column-time = 时间
chart-column-best = 最佳方案
chart-column-bound = 上界
chart-column-run = 运行
chart-level-none = 无
chart-level-full = 全部
