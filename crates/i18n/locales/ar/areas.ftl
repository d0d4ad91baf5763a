### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = الوسم
area-record_keeping = حفظ السجلات
area-tracing = التعقّب
area-stockpile_norms = إدارة المخزونات: القواعد
area-stockpile_procedures = إدارة المخزونات: الهياكل والإجراءات
area-stockpile_training = إدارة المخزونات: التدريب
area-stockpile_personnel = إدارة المخزونات: الموظفون
area-stockpile_finance = إدارة المخزونات: التمويل
area-stockpile_infrastructure = إدارة المخزونات: البنية التحتية
area-destruction = التدمير
area-border = مراقبة الحدود
area-conflict_tracing = التعقّب في حالات النزاع وما بعد النزاع
area-transfer_controls = مراقبة عمليات النقل
area-legislation = القوانين والأنظمة
area-reporting = التقارير الوطنية
area-ballistics = المعلومات البالستية
area-illicit_manufacture = الصنع غير المشروع
area-community = سلامة المجتمعات المحلية وتوعيتها

## Types of component.

type-funds = الأموال
type-equipment = المعدات
type-technology = نقل التكنولوجيا
type-training = التدريب
type-expertise = الخبرة الفنية
type-infrastructure = البنية التحتية
type-maintenance = الصيانة وتكاليف التشغيل
type-legal = المشورة القانونية
type-software = البرمجيات

## Circumstances of a request.

context-none = لا نزاع ولا ما بعد النزاع
context-conflict = نزاع
context-post_conflict = ما بعد النزاع

## Obstacles that a request may name.

obstacle-no_budget = عدم وجود ميزانية لتكاليف التشغيل
obstacle-staff_turnover = مغادرة الموظفين المدربين
obstacle-no_maintenance = عدم وجود صيانة
obstacle-no_power = عدم وجود كهرباء يُعتمد عليها
obstacle-no_site = عدم وجود موقع مناسب
obstacle-no_law = عدم وجود أساس قانوني
obstacle-insecurity = انعدام الأمن
obstacle-other = عائق آخر

## Regions by their M49 code.

region-2 = أفريقيا
region-5 = أمريكا الجنوبية
region-9 = أوقيانوسيا
region-11 = غرب أفريقيا
region-13 = أمريكا الوسطى
region-14 = شرق أفريقيا
region-15 = شمال أفريقيا
region-17 = وسط أفريقيا
region-18 = الجنوب الأفريقي
region-19 = الأمريكتان
region-21 = أمريكا الشمالية
region-29 = منطقة البحر الكاريبي
region-30 = شرق آسيا
region-34 = جنوب آسيا
region-35 = جنوب شرق آسيا
region-39 = جنوب أوروبا
region-53 = أستراليا ونيوزيلندا
region-54 = ميلانيزيا
region-57 = ميكرونيزيا
region-61 = بولينيزيا
region-142 = آسيا
region-143 = آسيا الوسطى
region-145 = غرب آسيا
region-150 = أوروبا
region-151 = شرق أوروبا
region-154 = شمال أوروبا
region-155 = غرب أوروبا
region-202 = أفريقيا جنوب الصحراء الكبرى
region-419 = أمريكا اللاتينية ومنطقة البحر الكاريبي
