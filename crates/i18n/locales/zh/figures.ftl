### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } 万
figure-million = { $value } 百万
figure-milliard = { $value } 亿
figure-seconds = { $value } 秒
figure-moment = { $date } { $time }（协调世界时）

## Counts, put into other messages.

count-offers = { $offers } 项提议
count-requests = { $requests } 项请求
count-components = { $components } 个组成部分
count-matches = { $matches } 项匹配
count-providers = { $providers } 个提供方
count-states = { $states } 个国家
count-refused = { $offers } 项提议被拒
