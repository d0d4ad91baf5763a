### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = { $name }，您好：
mail-proposal-subject = { $title } 的拟议匹配
mail-proposal-text = 协调员建议由 { $provider } 就 { $title } 向 { $recipient } 提供援助。请在 { $deadline } 前接受、询问或拒绝。
mail-decided-subject = 关于 { $title } 的决定
mail-accepted-text = { $party } 已接受 { $title } 的拟议匹配。
mail-declined-text = { $party } 已拒绝 { $title } 的拟议匹配。理由：{ $reason }
mail-called-off-text = { $party } 已撤销就 { $title } 达成的约定。理由：{ $reason }
mail-ended-subject = { $title } 的拟议匹配已终止
mail-request-withdrawn-text = { $party } 已撤回其请求 { $title }，拟议匹配随之终止。
mail-offer-withdrawn-text = { $party } 已撤回其提议，{ $title } 的拟议匹配随之终止。
mail-request-expired-text = 请求 { $title } 已过期，拟议匹配随之终止。
mail-offer-expired-text = { $title } 的拟议匹配所依据的提议已过期，该匹配随之终止。
mail-reason = 理由：{ $reason }
mail-message-text = 关于 { $title } 的拟议匹配有新消息。
mail-changed-text = { $title } 的拟议匹配条件已更改。请在 { $deadline } 前接受、询问或拒绝。
mail-lapsed-text = 无人按时答复 { $title } 的拟议匹配，该匹配已失效。
mail-unmatched-subject = 您的请求 { $title } 在轮次 { $round } 中未获匹配
mail-unmatched-text = 下列网页说明是哪项规则造成妨碍，以及怎样才能改变。
mail-left_out-subject = 您的请求 { $title } 全部或部分未列入轮次 { $round }
mail-left_out-text = { $reason } 下列网页为该轮次的页面。
mail-package-invited-subject = 邀请加入请求组 { $title }
mail-package-invited-text = { $party } 邀请贵国加入联合请求组 { $title }。已加入的国家可相互查看请求组中已核准的请求，这些请求要么一并满足，要么均不满足。请加入或谢绝。
mail-package-subject = 请求组 { $title }
mail-package-joined-text = { $party } 已加入请求组 { $title }。
mail-package-declined-text = { $party } 已谢绝加入请求组 { $title }。理由：{ $reason }
mail-package-left-text = { $party } 已退出请求组 { $title }。其请求恢复为单独的请求。
mail-package-withdrawn-text = { $party } 已撤回请求组 { $title }。组内请求恢复为单独的请求。
mail-invitation-subject = 邀请您代表 { $party } 行事
mail-invitation-text = 现邀请您代表 { $party } 行事。下列地址可供您在一天内登录一次。如果您没有预期收到此邮件，请勿操作。
mail-place-text = 现邀请您在已代表的各方之外，再代表 { $party } 行事。下列地址可供您在一天内设置一次密码：这表明此邮件由您本人阅读，会结束您已有的登录，并视为接受邀请。如果您设有第二验证要素，届时须出示其验证码。如果您没有预期收到此邮件，请勿操作。
mail-recovery-subject = 设置新密码
mail-recovery-text = 请在 { $minutes } 分钟内使用下列地址。如果您没有提出要求，请勿操作。
