### Phrases inside refusals.
## Phrases inside refusals. The key is the English phrase, written small with underscores.

## What a principal may do.

may-register_a_party = 登记一方
may-change_a_party = 更改一方资料
may-change_the_profile_of_a_party = 更改国家所属的区域和国家组
may-read_the_audit_log = 查阅审计日志
may-see_members = 查看成员
may-manage_members = 管理成员
may-manage_tokens = 管理令牌
may-manage_webhooks = 管理自动通知
may-register_a_request = 登记请求
may-change_a_request = 更改请求
may-endorse_a_request = 核可请求
may-submit_a_request = 提交请求
may-return_a_request = 退回请求
may-authenticate_a_request = 确认请求
may-circulate_a_request = 分发请求
may-revise_a_request = 修订请求
may-prolong_a_request = 延长请求的有效期
may-withdraw_a_request = 撤回请求
may-expire_a_request = 宣布请求过期
may-open_a_package = 设立请求组
may-invite_to_a_package = 邀请加入请求组
may-withdraw_a_package = 撤回请求组
may-join_a_package = 加入请求组
may-decline_a_package = 谢绝加入请求组
may-leave_a_package = 退出请求组
may-register_an_offer = 登记提议
may-change_an_offer = 更改提议
may-submit_an_offer = 提交提议
may-confirm_an_offer = 确认提议
may-withdraw_an_offer = 撤回提议
may-expire_an_offer = 宣布提议过期
may-register_a_programme = 登记方案
may-change_a_programme = 更改方案
may-confirm_a_programme = 确认方案
may-keep_the_catalogue = 维护目录
may-take_a_national_report_in = 录入国家报告
may-read_findings = 查阅评估意见
may-keep_funding_channels = 维护供资渠道
may-prepare_a_round = 筹备轮次
may-freeze_a_round = 锁定轮次
may-publish_a_round = 公布轮次
may-prepare_a_scenario = 拟订情景
may-run_a_scenario = 运行情景
may-admit_an_observer = 接纳观察员
may-read_why_a_request_went_without = 查阅请求未获满足的原因
may-write_about_a_proposal = 就拟议匹配致函
may-change_a_proposal = 更改拟议匹配
may-assess_a_proposal = 评估拟议匹配
may-answer_a_proposal = 答复拟议匹配
may-write_a_commitment = 订立承诺
may-call_off_what_was_agreed = 撤销约定
may-enter_a_disbursement = 记入拨付款
may-confirm_a_delivery = 确认交付
may-evaluate_a_commitment = 评价承诺
may-cancel_a_commitment = 取消承诺
may-file_a_document = 存入文件
may-read_a_whole_run = 查阅完整的运算
may-try_out_a_sandbox = 试用沙箱
may-import_tables = 导入表格
may-change_a_password_without_the_current_one = 不凭现有密码更改密码
may-act_as_a_person = 以个人身份行事
may-come_in_without_the_second_factor_that_your_organisation_has_asked_for = 不经贵组织曾要求的第二验证要素而登录

## What is meant.

thing-party = 一方
thing-state = 国家
thing-provider = 提供方
thing-coordinator = 协调员
thing-observer = 观察员
thing-person = 人员
thing-credential = 凭证
thing-token = 令牌
thing-second_factor = 第二验证要素
thing-membership = 成员资格
thing-webhook = 自动通知
thing-delivery = 投递
thing-mail = 邮件
thing-request = 请求
thing-component = 组成部分
thing-package = 请求组
thing-offer = 提议
thing-programme = 方案
thing-item = 物项
thing-channel = 渠道
thing-report = 报告
thing-import = 导入
thing-table = 表格
thing-document = 文件
thing-round = 轮次
thing-scenario = 情景
thing-run = 运算
thing-sweep = 批次运算
thing-proposal = 拟议匹配
thing-commitment = 承诺
thing-outcome = 成果
thing-shortfall = 未满足的需要
thing-address = 地址
thing-resource = 资源
thing-file = 档案
thing-step_of_a_request = 请求的步骤
thing-step_of_an_offer = 提议的步骤
thing-step_of_a_package = 请求组的步骤
thing-step_of_a_round = 轮次的步骤
thing-step_of_a_proposal = 拟议匹配的步骤
thing-step_of_a_commitment = 承诺的步骤
thing-result_of_run = 运算结果
thing-finished_run_of_this_round = 本轮次已完成的运算
thing-component_or_offer_of_proposal = 拟议匹配的组成部分或提议

## Where something stands.

state-draft = 草稿
state-endorsed = 已核可
state-submitted = 已提交
state-returned = 已退回
state-authenticated = 已确认真实
state-circulated = 已分发
state-in_round = 已进入轮次
state-partly_met = 部分满足
state-met = 已满足
state-withdrawn = 已撤回
state-expired = 已过期
state-confirmed = 已确认
state-available = 可用
state-reserved = 部分预留
state-exhausted = 已用尽
state-open = 开放
state-frozen = 已锁定
state-published = 已公布
state-decided = 已决定
state-closed = 已结束
state-queued = 排队中
state-running = 运行中
state-succeeded = 已成功
state-limit = 因限制而停止
state-infeasible = 无可行方案
state-failed = 已失败
state-cancelled = 已取消
state-proposed = 已提出
state-agreed = 已商定
state-declined = 已谢绝
state-lapsed = 已失效
state-committed = 已承诺
state-disbursing = 拨付中
state-delivered = 已交付
state-evaluated = 已评价
state-waiting = 等待中
state-invited = 已受邀
state-joined = 已加入
state-left = 已退出
state-ended = 已终止
state-active = 有效
state-suspended = 已中止
state-stopped = 已停止
state-retired = 已停用
state-in_use = 使用中
state-run = 已运算

## Steps.

step-endorse = 核可
step-submit = 提交
step-return = 退回
step-authenticate = 确认真实
step-circulate = 分发
step-revise = 修订
step-withdraw = 撤回
step-expire = 宣布过期
step-invite = 邀请
step-join = 加入
step-leave = 退出
step-confirm = 确认
step-freeze = 锁定
step-publish = 公布
step-decide = 决定
step-close = 结束
step-accept = 接受
step-decline = 谢绝
step-change = 更改
step-rewrite = 改写
step-assess = 评估
step-commit = 承诺
step-call_off = 撤销约定
step-disburse = 拨付
step-deliver = 交付
step-evaluate = 评价
step-cancel = 取消
step-set_up = 设置
step-send_to_a_webhook = 发送自动通知

## What is measured, with its unit.

what-text_bytes = 文本（字节）
what-body_bytes = 正文（字节）
what-tables_bytes = 表格（字节）
what-document_bytes = 文件（字节）
what-message_bytes = 信息（字节）
what-snapshot_bytes = 快照（字节）
what-idempotency_key_bytes = 幂等键（字节）
what-documents = 文件数
what-more = 更多
what-webhooks = 自动通知数
what-components = 组成部分数
what-areas = 领域数
what-scopes = 权限数
what-parties_named = 指名各方数
what-chain_of_bases = 基础情景链
what-problems_of_a_sweep_bytes = 一批运算的问题数据（字节）
what-the_external_id_of_a_request = 请求所属方自行确定的编号（external_id）
what-the_reference_of_a_request = 请求的编号
what-the_reference_of_a_component = 组成部分的编号
what-the_external_id_of_an_offer = 提议所属方自行确定的编号（external_id）
what-the_reference_of_an_offer = 提议的编号
what-the_external_id_of_a_programme = 方案所属方自行确定的编号（external_id）
what-the_reference_of_a_programme = 方案的编号
what-the_code_of_a_channel = 渠道的代码
what-the_code_of_an_item = 物项的代码
what-the_code_of_a_party = 一方的代码
what-the_address_of_a_person = 个人的邮箱地址
what-the_name_of_a_scenario_in_its_round = 情景在其轮次中的名称
what-the_published_run_of_a_round = 轮次中已公布的运算
what-the_proposal_of_this_match = 该拟议匹配
what-the_commitment_of_a_proposal = 拟议匹配的承诺
what-the_outcome_of_a_commitment = 承诺的成果
what-the_report_of_a_state_for_this_year = 国家该年度的报告
what-the_account_of_a_person_at_their_sign_in_service = 个人在其登录服务处的账户
what-a_value_that_must_be_unique = 必须唯一的值

## Rules of the register.

broken-second_factors_and_webhooks_need_a_key_of_the_operator_s_access_key_file = 第二验证要素和自动通知需要运营方的密钥（access.key_file）
broken-this_is_not_the_code_of_the_moment = 这不是当前有效的验证码
broken-a_report_stands_before_it_is_signed = 报告须先成文，再行签署
broken-only_a_run_with_a_plan_is_published = 只有产生了方案的运算才能公布
broken-proposals_still_wait_for_an_answer = 尚有拟议匹配等待答复
broken-the_request_is_withdrawn = 该请求已撤回
broken-the_request_is_expired = 该请求已过期
broken-the_offer_is_withdrawn = 该提议已撤回
broken-the_offer_is_expired = 该提议已过期
broken-the_last_manager_of_a_party_stays_one_until_there_is_another = 一方的最后一名管理人在有其他管理人之前不能卸任
broken-who_opened_a_package_withdraws_it_instead_of_leaving_it = 请求组的设立国应撤回该组，而不是退出
broken-a_round_that_is_not_decided_yet_holds_requests_of_the_package = 尚未作出决定的轮次中有该请求组的请求
broken-equipment_technology_and_software_are_accepted_once_their_suitability_is_assessed_101 = 设备、技术和软件须经适用性评估后方可接受（第101段）
broken-the_assessment_recorded_says_that_it_is_not_suitable_and_sustainable_101 = 所记录的评估认为其并非既适用又可持续（第101段）
broken-another_proposal_of_the_round_is_for_that_period = 本轮次的另一拟议匹配已涉及该期间
broken-with_these_terms_the_plan_breaks = 按这些条件，方案违反
broken-no_more_is_disbursed_than_was_promised = 拨付不得超过所许诺的数额
broken-no_more_is_delivered_than_was_agreed = 交付量不得超过商定的数量
broken-the_component_does_not_need_that_much_any_more = 该组成部分已不需要这么多
broken-the_offer_does_not_hold_that_much_any_more = 该提议已没有这么多
broken-a_component_that_help_is_committed_to_stays = 已有援助承诺的组成部分须予保留
broken-this_is_for_sandboxes_alone = 这仅适用于沙箱
broken-only_what_a_sandbox_holds_is_wiped = 只清除沙箱中的内容

## What is expected in a place.

expected-an_object = 一个对象
expected-an_id_of_the_table_of_requests = 请求表中的标识
expected-an_id_of_the_table_of_offers = 提议表中的标识
expected-true_or_false = 两个逻辑值之一，即 true 或 false，不加引号
expected-a_list = 一个列表
expected-a_table = 一个表
expected-a_text_between_quotation_marks = 引号内的文字
expected-a_whole_number = 整数
expected-a_whole_number_without_quotation_marks = 不带引号的整数
expected-a_whole_number_from_0_to_18446744073709551615 = 0 至 18446744073709551615 之间的整数
expected-a_number_of_permille_from_0_upwards = 不小于 0 的千分数
expected-a_list_with_a_result_for_each_indicator = 每项指标各有一个结果的列表
expected-a_list_of_five_whole_numbers_priority_1_first = 五个整数的列表，优先级 1 在前
expected-a_list_of_goals = 目标列表
expected-a_list_of_ids = 标识符列表
expected-an_id_between_quotation_marks = 引号内的标识符
expected-a_relative_path_between_quotation_marks = 引号内的相对路径
expected-a_goal_such_as_goal_coverage = 按以下格式写明的一个目标：{ "{" } goal = "coverage" { "}" }
expected-a_document_of_settings = 一份设置文件
expected-a_pdf_file_from_pdf_to_eof = 完整的 PDF 文件，从 %PDF- 到 %%EOF
expected-an_address_of_mail = 电子邮件地址
expected-the_next_of_a_page_in_the_same_order = 同一排序下某页的 `next` 值
expected-the_next_of_a_page = 某页的 `next` 值
expected-the_etag_of_what_is_changed_such_as_3 = 所更改内容的 ETag 值，例如 "3"
expected-a_key_of_your_own_choice_needed_for_decisions = 自选的键，作出决定时必须提供
expected-the_number_of_an_event = 事件编号
expected-exactly_one_of_request_offer_proposal_and_commitment = 必须恰好提供以下四个参数中的一个，不多也不少：请求（request）、提议（offer）、拟议匹配（proposal）或者承诺（commitment）
expected-a_set_of_known_parameters = 一组已知参数
expected-the_kind_of_the_subject_that_is_named = 所指明对象的类型
expected-a_moment_such_as_2026_01_15t09_00_00z = 时间点，例如 2026-01-15T09:00:00Z
expected-a_day_such_as_2026_01_15 = 日期，例如 2026-01-15

## Why a text is not what it should be.

because-is_empty = 为空
because-is_longer_than_100_characters = 超过 100 个字符
because-it_is_no_address_with_a_host_such_as_https_example_org_needmatch = 此地址不是含有主机名的完整网址，请按如下格式填写网址，例如：https://example.org/needmatch
because-it_has_a_user_name_a_password_or_a_fragment = 含有用户名、密码或片段标识
because-it_does_not_begin_with_https = 未以此开头：https://
because-its_host_is_no_public_one = 其主机不是公开主机
because-it_did_not_come_in_time = 未及时送达
because-it_broke_off_on_the_way = 传输中断

## What the check of a problem finds.

freeze-wrong-at_least_one_period = 至少需要一个期间
freeze-wrong-at_least_one_goal = 至少需要一个目标
freeze-wrong-must_be_sorted_without_duplicates = 必须排序且无重复
freeze-wrong-is_no_rule_of_the_plan_or_may_not_be_relaxed = 不是方案的规则，或不得放宽
freeze-wrong-every_rule_of_the_plan = 须列出方案的每项规则
freeze-wrong-give_0_to_1000_provider_cost_0_to_10_12 = give 的取值须在 0 至 1000 之间，provider_cost 的取值须在 0 至 10^12 之间
freeze-wrong-periods_in_order_inside_the_horizon_amounts_0_to_10_12 = 期间须按序且在时间范围内，数额为 0 至 10^12
freeze-wrong-state_outside_the_table_of_states = 国家不在国家表中
freeze-wrong-weights_and_scores_0_to_10_12 = 权重和得分为 0 至 10^12
freeze-wrong-sdg_targets_sorted_without_duplicates = sdg_targets 须排序且无重复
freeze-wrong-an_obstacle_s_mitigation_must_be_a_component_of_the_same_request = 缓解障碍者须为同一请求的组成部分
freeze-wrong-request_outside_the_table_of_requests = 请求不在请求表中
freeze-wrong-outstanding_minimum_and_unit_cost_at_least_1_minimum_at_most_outstanding = outstanding、minimum 和 unit_cost 至少为 1，minimum 不超过 outstanding
freeze-wrong-requires_other_components_sorted = requires：其他组成部分，须排序
freeze-wrong-pairs_sorted_ranges_apart_inside_their_tables_draw_at_least_1 = 配对须排序，区间互不重叠且在各自表内，draw 至少为 1
freeze-wrong-provider_outside_the_table_of_providers = 提供方不在提供方表中
freeze-wrong-amounts_0_to_10_12_delivery_permille_1_to_1000000 = 数额为 0 至 10^12，delivery_permille 为 1 至 1000000
freeze-wrong-per_period_one_amount_a_period = per_period：每个期间一个数额
freeze-wrong-amount_period_and_states_inside_their_bounds = 数额、期间和国家须在各自范围内
freeze-wrong-sorted_by_region = 按区域排序
freeze-wrong-share_0_to_1000_states_of_the_problem = share 为 0 至 1000，国家须属于该问题
freeze-wrong-an_eligible_pair_and_a_quantity_of_at_least_1 = 须为合格配对且数量至少为 1

## What a problem sums up.

freeze-sum-score = 得分
freeze-sum-cost = 成本
freeze-sum-draw = 提取量
freeze-sum-priority_weights = 优先级权重
freeze-sum-sustainability = 可持续性
freeze-sum-economy = 节约
