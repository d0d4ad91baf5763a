### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = تطبيق
mode-warn = تنبيه
mode-off = تعطيل

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = مجال العمل
rule-area-why = { count-refused }: مجال العمل هذا غير مشمول.
rule-type = نوع المساعدة
rule-type-why = { count-refused }: لا يُقدَّم هذا النوع من المساعدة.
rule-unit_and_item = الوحدة والصنف
rule-unit_and_item-why = { count-refused }: المساعدة العينية مقدَّمة بوحدة أخرى أو هي صنف آخر.
rule-earmark = التخصيص
rule-earmark-why = { count-refused }: الدولة خارج نطاق التخصيص أو خارج مناطق قناة التمويل.
rule-context = الظروف
rule-context-why = { count-refused }: لا تُقبل الطلبات في هذه الظروف (نزاع أو ما بعد النزاع).
rule-window = الفترة
rule-window-why = { count-refused }: لا توجد فترة مشتركة مع الطلب.
rule-embargo = الحظر
rule-embargo-why = { count-refused }: يسري حظر على هذه الدولة وهذا النوع من المساعدة.
rule-consent = موافقة الدولة
rule-consent-why = { count-refused }: الدولة تستبعد الجهة المقدِّمة أو لم تعمّم عليها الطلب.
rule-contribution = المساهمة الوطنية
rule-contribution-why = { count-refused }: المساهمة الوطنية المبيّنة في الطلب أقل من المطلوب.
rule-sustainability_required = الاستدامة التي تشترطها الجهة المقدِّمة
rule-sustainability_required-why = { count-refused }: درجة الاستدامة في الطلب أقل من الحد الأدنى الذي تقبله الجهة المقدِّمة.
rule-action_plan = خطة العمل الوطنية
rule-action_plan-why = { count-refused }: تُشترط خطة عمل وطنية حديثة، والطلب لا يذكر خطة أو يذكر خطة قديمة.
rule-report = التقرير الوطني
rule-report-why = { count-refused }: يُشترط تقرير وطني أحدث.
rule-firm_only = الالتزامات المؤكدة فقط
rule-firm_only-why = { count-refused }: في هذا السيناريو لا تُحتسب التعهدات وإنما الالتزامات وحدها.
rule-duplication = الازدواجية
rule-duplication-why = { count-refused }: يغطي برنامج قائم بالفعل هذه الدولة وهذا المجال وهذا النوع من المساعدة وهذه الفترة.
rule-bare_equipment = المعدات وحدها
rule-bare_equipment-why = { count-refused }: تحتاج المعدات أو التكنولوجيا إلى تدريب وصيانة معها، أو إلى جهة مسمّاة تتكفل بهما.
rule-suitability = الملاءمة
rule-suitability-why = { count-refused }: رأى خبير أن العرض غير ملائم لهذا المكوّن.
rule-forbidden = مواءمة ممنوعة
rule-forbidden-why = { count-refused }: استبعد المنسق أو أحد الأطراف هذه المواءمة.

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = الكمية المتبقية
rule-demand-why = لا يتلقى أي مكوّن أكثر مما تبقّى من حاجته، وما لا يقبل التجزئة يُقدَّم كاملًا.
rule-minimum = أقل كمية نافعة
rule-minimum-why = ما يقل عن أقل كمية نافعة لا يفيد أحدًا: فإما أن يتلقى المكوّن هذه الكمية على الأقل أو لا يتلقى شيئًا.
rule-capacity = سعة العرض
rule-capacity-why = لا يعطي العرض أكثر مما فيه، إجمالًا وفي كل فترة.
rule-ticket = حجم المساهمة الواحدة
rule-ticket-why = يحدد العرض حدًّا أدنى وحدًّا أقصى للطلب الواحد.
rule-state_limit = الحد الأقصى للدولة الواحدة
rule-state_limit-why = يحدد العرض حدًّا أقصى للدولة الواحدة.
rule-reach = عدد الطلبات
rule-reach-why = يشارك العرض في عدد محدود من الطلبات.
rule-fragmentation = عدد الجهات المقدِّمة
rule-fragmentation-why = تنسق الدولة عددًا محدودًا من الجهات المقدِّمة في هذا الطلب.
rule-bundle = الحزمة
rule-bundle-why = لا يُلبّى المكوّن إلا مع ما يستلزمه، كالتدريب والصيانة.
rule-choice = البدائل
rule-choice-why = يُلبّى بديل واحد على الأكثر من عدة بدائل.
rule-sustainability = الاستدامة
rule-sustainability-why = يجب أن تبلغ درجة الاستدامة، مع نقاط ما تُلبّى من مكوّنات، العتبة المطلوبة.
rule-obstacle = العائق
rule-obstacle-why = لا يُلبّى طلب يواجه عائقًا إلا إذا لُبّي أو كان جاريًا ما يخفف هذا العائق.
rule-absorption = القدرة الاستيعابية
rule-absorption-why = تستطيع الدولة أن تستوعب مقدارًا محدودًا وأن تدير عددًا محدودًا من الطلبات في الفترة الواحدة.
rule-channel = قناة التمويل
rule-channel-why = لا تحتمل قناة التمويل إلا مقدارًا محدودًا.
rule-regional_floor = الحد الأدنى الإقليمي
rule-regional_floor-why = تتلقى كل منطقة مذكورة حصتها على الأقل مما طلبته.
rule-regional_ceiling = الحد الأقصى الإقليمي
rule-regional_ceiling-why = لا تتلقى أي منطقة مذكورة أكثر من حصتها من الخطة.
rule-package = الطلبات المشتركة
rule-package-why = تُلبّى الطلبات المشتركة معًا أو لا تُلبّى.
rule-precedence = ترتيب التدابير
rule-precedence-why = في الدولة الواحدة يسبق القانونُ السجلَّ ويسبق السجلُّ الوسم.
rule-locked = مواءمة مثبّتة
rule-locked-why = تُستبقى المواءمة التي ثبّتها المنسق أو اتفق عليها الأطراف.
