### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = 标记
area-record_keeping = 记录保存
area-tracing = 追查
area-stockpile_norms = 储存管理：规范
area-stockpile_procedures = 储存管理：结构与程序
area-stockpile_training = 储存管理：培训
area-stockpile_personnel = 储存管理：人员
area-stockpile_finance = 储存管理：资金
area-stockpile_infrastructure = 储存管理：基础设施
area-destruction = 销毁
area-border = 边境管制
area-conflict_tracing = 冲突中和冲突后局势中的追查
area-transfer_controls = 转让管制
area-legislation = 法律和条例
area-reporting = 国家报告
area-ballistics = 弹道信息
area-illicit_manufacture = 非法制造
area-community = 社区安全与宣传

## Types of component.

type-funds = 资金
type-equipment = 设备
type-technology = 技术转让
type-training = 培训
type-expertise = 专门知识
type-infrastructure = 基础设施
type-maintenance = 维护和运行费用
type-legal = 法律咨询
type-software = 软件

## Circumstances of a request.

context-none = 非冲突或冲突后局势
context-conflict = 冲突
context-post_conflict = 冲突后

## Obstacles that a request may name.

obstacle-no_budget = 没有运行费用预算
obstacle-staff_turnover = 受训人员流失
obstacle-no_maintenance = 没有维护
obstacle-no_power = 没有可靠的电力供应
obstacle-no_site = 没有合适的场地
obstacle-no_law = 没有法律依据
obstacle-insecurity = 不安全
obstacle-other = 其他障碍

## Regions by their M49 code.

region-2 = 非洲
region-5 = 南美洲
region-9 = 大洋洲
region-11 = 西非
region-13 = 中美洲
region-14 = 东非
region-15 = 北非
region-17 = 中部非洲
region-18 = 南部非洲
region-19 = 美洲
region-21 = 北美
region-29 = 加勒比
region-30 = 东亚
region-34 = 南亚
region-35 = 东南亚
region-39 = 南欧
region-53 = 澳大利亚和新西兰
region-54 = 美拉尼西亚
region-57 = 密克罗尼西亚
region-61 = 波利尼西亚
region-142 = 亚洲
region-143 = 中亚
region-145 = 西亚
region-150 = 欧洲
region-151 = 东欧
region-154 = 北欧
region-155 = 西欧
region-202 = 撒哈拉以南非洲
region-419 = 拉丁美洲和加勒比
