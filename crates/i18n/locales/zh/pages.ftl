### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = 谁能在何时以何种方式帮助谁管制小武器和轻武器。
navigation-label = 主导航
navigation-skip = 跳至正文
navigation-home = 首页
navigation-requests = 请求
navigation-offers = 提议
navigation-rounds = 轮次
navigation-scenarios = 情景
navigation-runs = 运行
navigation-proposals = 拟议匹配
navigation-commitments = 承诺
navigation-catalogue = 公开目录
navigation-rules = 规则和领域
navigation-audit = 审计
navigation-language = 语言
navigation-sign_in = 登录
navigation-sign_out = 退出
navigation-account = 我的账户
navigation-interface = 编程接口

## Signing in.

sign_in-title = 登录
sign_in-email = 电子邮件地址
sign_in-password = 密码
sign_in-code = 身份验证器中的代码
sign_in-button = 登录
sign_in-forgotten = 忘记密码？
sign_in-refused = 电子邮件地址与密码不符。请核对后重试。
sign_in-too_many = 尝试次数过多。请等待几分钟后再试。
sign_in-demonstration = 演示：请选择您的身份。
sign_in-link_needed = 请打开您收到的登录链接。每个链接只能使用一次，有效期一天。
sign_in-link_refused = 此链接已被使用、收回或过期。请向协调员索取新的链接。
sign_in-with = 使用 { $provider } 登录
sign_in-code_where = 仅在您已设置时填写。
sign_in-code_needed = 请同时输入身份验证器中的代码。
sign_in-code_refused = 此代码不是当前代码，或已被使用。请等待下一个代码。
sign_in-not_invited = 您的组织认识您，但该账户在此没有任何席位。请协调员或贵方管理人员使用您所在组织的电子邮件地址邀请您。
sign_in-not_finished = 此次登录未完成：用时过长、中途中断，或是在另一个浏览器中开始的。请重新开始。
sign_in-one_factor = 贵组织曾要求您提供第二验证要素，这次却没有。请在该处凭两项要素登录，或联系协调员。
sign_in-provider_down = 您所在组织的登录服务目前没有响应。请几分钟后再试；本网站其他部分正常。
password-forgotten-title = 忘记密码
password-not_an_address = 这不是电子邮件地址。请更正后重试。
password-ask = 给我发送链接
password-asked = 如果有人在此以该地址和密码登录，链接已在发送途中，有效期一小时。如果没有收到，请贵方管理人员再次邀请您。
password-new-title = 选择新密码
password-new = 新密码
password-length = 至少 12 个字符。
password-set = 设置密码
password-link_refused = 此链接已被使用、收回或过期。请索取新的链接。

## A link that lets somebody in.

link-title = 通过此链接登录
link-title_invited = 您已受邀
link-accepts = 接受后，您将代表：
link-unused = 此链接只能使用一次。按下方按钮即视为使用，打开本页不算。
link-accept = 接受并登录

## My account.

account-title = 我的账户
account-owes = 要完成登录，请设置第二验证要素。在此之前，您只能看到所有人都能看到的内容。
account-places = 您代表
account-invited = 待接受邀请
account-suspended = 已暂停
account-manager = 管理人员
account-member = 成员
account-password-is_set = 您已设置密码。
account-password-none = 您尚未设置密码。
account-password-choose = 选择密码
account-password-change = 更改密码
account-password-why = 今后您用电子邮件地址和此密码登录。
account-password-current = 当前密码
account-password-current_refused = 这不是您当前的密码。
account-password-too_long = 密码过长。请选择较短的密码。
account-password-keep = 保留现有密码
account-password-later = 不设密码，继续
account-password-done = 密码已更改。您在其他各处的登录均已结束。
account-factor-title = 第二验证要素
account-factor-why = 身份验证器是您手机上的应用或电脑上的程序，每半分钟显示一个新的六位代码。您在登录时输入该代码，这样仅凭密码无人能够进入。
account-factor-needed = 管理人员和协调员的所有人员都需要设置。
account-factor-since = 自 { $date } 起启用。
account-factor-none = 尚未设置。
account-factor-begin = 设置第二验证要素
account-factor-renew = 另设一个取而代之
account-factor-renew_why = 请输入您现有身份验证器中的代码。在您确认新的身份验证器之前，现有的继续有效。如已遗失，请贵方管理人员再次邀请您。
account-factor-scan = 请用身份验证器扫描此图。
account-factor-picture = 供身份验证器使用的密钥图
account-factor-open = 或在本设备上打开身份验证器
account-factor-type = 或将此密钥输入其中：
account-factor-once = 密钥仅在本页显示。在您确认代码之前，请勿关闭本页。
account-factor-code = 其当前显示的六位数字。
account-factor-code_missing = 请输入身份验证器显示的六位数字。
account-factor-confirm = 确认
account-factor-later = 以后再说
account-factor-done = 第二验证要素已启用。
account-sessions = 您的登录情况
account-sessions-this = 本处
account-sessions-end = 退出其他各处
account-sessions-done = 您在其他各处均已退出。
account-column-how = 方式
account-column-began = 开始时间
account-column-used = 最近使用
account-by_link = 通过链接
account-by_password = 通过密码
account-by_new_password = 通过新密码
account-by_second_factor = 通过新的第二验证要素
account-by_provider = 通过 { $provider }
account-by_unused_link = 尚未使用的链接

## People.

role-state = 国家联络点
role-provider = 提供方
role-coordinator = 协调员
role-observer = 观察员

## A run.

run-title = { $scenario } 的运行
run-based_on = 基于 { $scenario }
run-size = { count-requests }，{ count-components }，{ count-offers }
run-again = 再次运行
run-cancel = 取消
run-compare = 与另一次运行比较
run-stress = 不计认捐进行测试
run-publish = 作为拟议匹配公布
run-verified = 已核实
run-not_verified = 未经核实：不得使用这一方案。
run-progress = 运行进度
run-figure-matches = 匹配
run-figure-requests_served = 获得满足的请求
run-figure-requests_completed = 全部满足的请求
run-figure-components_served = 获得满足的组成部分
run-figure-cost = 所匹配援助的费用
run-figure-gap = 已证明的差距
run-figure-seconds = 用时
run-figure-of = 共 { $total }
run-gap-meaning = 在这些规则下，就第一个目标而言，任何方案的优势都不会超过此值。后续目标从中让出的部分见目标表。
run-section-flow = 援助流向
run-section-coverage = 按区域和领域分列的覆盖率
run-section-price = 每个目标的代价
run-section-matches = 匹配
run-section-unserved = 未获满足者及其原因
run-section-offers = 每项提议的使用情况
run-section-downloads = 下载
run-column-goal = 目标
run-column-best = 单独最优
run-column-value = 在本方案中
run-column-gap = 已证明的差距
run-column-component = 组成部分
run-column-request = 请求
run-column-offer = 提议
run-column-period = 时期
run-column-quantity = 数量
run-column-cost = 费用
run-column-rule = 规则
run-column-why = 原因
run-column-change = 最小改动
run-column-started = 开始时间
run-all = 全部 { $number } 项
run-none-matches = 在这些规则下无法匹配。
run-none-unserved = 所有组成部分均已全部满足。
run-download-snapshot = 冻结的问题（JSON）
run-download-run = 完整运行及其证书（JSON）
run-download-plan = 方案（CSV）
run-download-table = 表格
run-verify-title = 如何核实这次运行
run-verify-text = 请下载完整运行，在您自己的计算机上重新计算。无需求解器，对文件的任何改动都会被发现。
run-verify-hash = 冻结问题的 SHA-256：{ $hash }
run-waiting = 运行正在等待可用进程。方案就绪后将在本页显示。
run-infeasible = 没有方案能同时符合所有规则和锁定。请放宽某项锁定或规则后再次运行。
run-failed = 运行结束但没有方案。原因：{ $reason }
run-cancelled = 运行在得出方案之前已被取消。
run-partial = 您可以看到总数以及您有权查看的匹配。完整运行仅对协调员开放。
run-so_far = 目前

## Rounds and the front page.

round-open = 开放
round-frozen = 已冻结
round-published = 已公布
round-decided = 已决定
round-closed = 已结束
round-cut_off = 截止日期：{ $date }
front-title = 各轮次及其结果
front-recount-title = 自行重新计算
front-recount-text = 这里的每个方案都经过核实程序检查，该程序对优化程序一无所知。请下载运行及其证书，在您自己的计算机上重复这一检查：

## Mail of a server in development.

shown_mail-title = 未发送的邮件
shown_mail-note = 此处不发送任何邮件。服务器启动以来本应发送的邮件列于下方，最新的在前；最多保留 { $most } 封。任何人只要有本页地址，就能以任何人的身份进入：请勿透露。
shown_mail-to = 收件人：
shown_mail-open = 打开此邮件中的链接

## Words on many pages.

action-save = 保存
action-send = 发送
action-accept = 接受
action-decline = 拒绝
action-back = 返回
action-next = 下一步
action-search = 搜索
list-empty = 暂无内容。
list-more = 更多
