### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = 无法读取所发送的内容
problem-bad_request-advice = 请更正下列各项后重新发送。
problem-unauthenticated = 请先登录
problem-unauthenticated-advice = 本页仅供已登录者使用。
problem-forbidden = 您的角色无权进行此操作
problem-forbidden-advice = 请向贵方管理人员申请相应权限。
problem-not_found = 此处没有内容
problem-not_found-advice = 该页不存在或对您不可见。请核对地址。
problem-conflict = 在当前状态下不可行
problem-conflict-advice = 目前可行：{ $allowed }。
problem-before_cut_off = 该轮次的截止日期尚未到
problem-before_cut_off-advice = 该轮次自此时起方可锁定：{ $date }。请届时锁定，或更改截止日期。
problem-changed = 其间已有人作出更改
problem-changed-advice = 请重新加载，查看更改后再次提交您的更改。
problem-too_large = 过大
problem-too_large-advice = 一次最多可发送 { $limit }。请分批发送。
problem-invalid = 有些栏目需要更正
problem-invalid-advice = 下面标出了 { $fields } 个栏目及处理办法。
problem-too_many = 一次访问过多
problem-too_many-advice = 请在 { $seconds } 秒后重试。
problem-internal = 系统出现错误
problem-internal-advice = 没有任何数据丢失。请重试；如仍有问题，请将此编号告知协调员：{ $reference }。
problem-unavailable = 暂时无法使用
problem-unavailable-advice = 服务繁忙或正在重新启动。请稍后重试。
