### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = تغطية الأولويات
goal-coverage-meaning = أكبر قدر ممكن من المساعدة المطلوبة، بدءًا بالأكثر إلحاحًا.
goal-completed = الطلبات الملبّاة بالكامل
goal-completed-meaning = أكبر عدد ممكن من الطلبات الملبّاة بالكامل، مرجّحة حسب الأولوية.
goal-equity = الإنصاف
goal-equity-meaning = العُشر الأول من احتياجات كل دولة هو الأثقل وزنًا، حتى لا تبقى دولة بلا شيء.
goal-synergy = التآزر
goal-synergy-meaning = الوسم وحفظ السجلات والتعقّب مع إدارة المخزونات في الدولة الواحدة، والغايات المشتركة لأهداف التنمية المستدامة.
goal-sustainability = الاستدامة
goal-sustainability-meaning = نتائج تدوم بعد انتهاء المساعدة.
goal-stability = الثبات
goal-stability-meaning = تغيير قليل مقارنة بخطة سابقة.
goal-economy = الاقتصاد في التكاليف
goal-economy-meaning = عدد قليل من الجهات المقدِّمة للطلب الواحد، وإنفاق قليل على الإيصال.

## States of a run and verdicts on its plan.

status-queued = في الانتظار
status-running = قيد التشغيل
status-succeeded = نجح
status-optimal = الأفضل بالبرهان
status-within_gap = مُثبت ضمن الفجوة المطلوبة
status-limit = أوقفه أحد الحدود
status-infeasible = لا خطة تستوفي القواعد
status-failed = فشل
status-cancelled = أُلغي

## Why a component is not served, or only partly.

reason-no_eligible_offer = لا يمكن لأي عرض أن يلبّي هذا المكوّن.
reason-outbid = ذهب العرض { $offer } إلى مكوّنات أثقل وزنًا.
reason-outbid-many = ما يصلح لتلبيته وذهب إلى مكوّنات أثقل وزنًا: { count-offers }.
reason-outbid-unnamed = ما كان يصلح لتلبيته ذهب إلى مكوّنات أثقل وزنًا.
reason-outbid-priority = لو كانت أولوية هذا الطلب { $priority } لفاز.
reason-required_unserved = يستلزم { $component } وهو غير ملبّى.
reason-alternative_served = لُبّي البديل { $component } عوضًا عنه.
reason-package_unserved = الطلب المشترك { $request } غير ملبّى.
reason-obstacle_unmitigated = لا شيء يخفف هذا العائق: { $obstacle }.
reason-sustainability_short =
    { $missing ->
        [zero] لا تنقص أي نقطة لبلوغ عتبة الاستدامة.
        [one] تنقص نقطة واحدة لبلوغ عتبة الاستدامة.
        [two] تنقص نقطتان لبلوغ عتبة الاستدامة.
        [few] تنقص { $missing } نقاط لبلوغ عتبة الاستدامة.
        [many] تنقص { $missing } نقطة لبلوغ عتبة الاستدامة.
       *[other] تنقص { $missing } نقطة لبلوغ عتبة الاستدامة.
    }
reason-minimum_unreachable = تبلغ العروض التي يمكن أن تلبّيه معًا { $reachable }، وهو ما يقل عن أقل كمية نافعة.
reason-absorption = لا تستطيع الدولة { $state } أن تستوعب المزيد في { $period }.
reason-rule_binds = لا تترك القاعدة «{ $rule }» أي مجال.
reason-only = من بينها ما لا تمنعه إلا هذه القاعدة: { count-offers }.
reason-missing = الناقص: { $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = عند تجميد الجولة لم يكن أي منسق قد وثّق هذا الطلب بعد.
left-out-returned = عند تجميد الجولة كان هذا الطلب قد أُعيد ولم يُقدَّم من جديد بعد.
left-out-not_circulated = عند تجميد الجولة كان هذا الطلب موثّقًا، لكن الدولة لم تكن قد وافقت بعد على تعميمه.
left-out-nothing_outstanding = عند تجميد الجولة لم يكن قد بقي من هذا الطلب شيء: فقد استُلم كله أو وُعد به أو غُطّي بطريقة أخرى.
left-out-outside_horizon = الفترات التي يمكن فيها استخدام هذه المساعدة تقع خارج فترات الجولة.
left-out-package_incomplete = عند تجميد الجولة كان طلب آخر من هذه الحزمة قد قُدّم ولم يكن بإمكانه المشاركة: فالحزمة تُؤخذ كاملة أو لا تُؤخذ.
left-out-after_cut_off = عُمّم هذا الطلب بعد آخر موعد للجولة.
left-out-components = يتعلق ذلك بالمكوّنات التالية: { $components }.

## The smallest change that would serve a component.

change-setting = في { $file }، { $id }: تغيير { $field } من { $from } إلى { $to }.
change-result = بهذا التغيير يتلقى المكوّن { $quantity } { $unit }.
change-none = لم يُعثر على تغيير واحد يتيح تلبيته.

## Why a match is worth what it is, and how an offer is used.

match-score = { $score } للوحدة: الوزن { $weight } × القيمة { $worth } × الملاءمة { $fit } / 1000
match-bound_by = ليست أكبر بسبب: { $rules }
offer-used = المستخدم
offer-left = المتبقي
offer-why_left = متبقٍّ بسبب: { $rules }
offer-marginal = وحدة إضافية واحدة تضيف { $value } إلى الهدف الأول.
