### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = من يستطيع أن يساعد من على مراقبة الأسلحة الصغيرة والأسلحة الخفيفة، وبماذا، ومتى.
navigation-label = التصفح الرئيسي
navigation-skip = الانتقال إلى المحتوى
navigation-home = الصفحة الرئيسية
navigation-requests = الطلبات
navigation-offers = العروض
navigation-rounds = الجولات
navigation-scenarios = السيناريوهات
navigation-runs = عمليات التشغيل
navigation-proposals = المواءمات المقترحة
navigation-commitments = الالتزامات
navigation-catalogue = الدليل العام
navigation-rules = القواعد والمجالات
navigation-audit = التدقيق
navigation-language = اللغة
navigation-sign_in = تسجيل الدخول
navigation-sign_out = تسجيل الخروج
navigation-account = حسابي
navigation-interface = واجهة برمجة التطبيقات

## Signing in.

sign_in-title = تسجيل الدخول
sign_in-email = عنوان البريد الإلكتروني
sign_in-password = كلمة السر
sign_in-code = الرمز من تطبيق المصادقة
sign_in-button = تسجيل الدخول
sign_in-forgotten = هل نسيت كلمة السر؟
sign_in-refused = عنوان البريد الإلكتروني وكلمة السر غير متطابقين. تحقق منهما وحاول مجددًا.
sign_in-too_many = محاولات كثيرة جدًّا. انتظر بضع دقائق ثم حاول مجددًا.
sign_in-demonstration = عرض إيضاحي: اختر الدور الذي تريده.
sign_in-link_needed = افتح رابط الدخول الذي تلقيته. يصلح كل رابط مرة واحدة وخلال يوم واحد.
sign_in-link_refused = استُخدم هذا الرابط أو سُحب أو انتهت مدته. اطلب رابطًا جديدًا من المنسق.
sign_in-with = تسجيل الدخول عبر { $provider }
sign_in-code_where = فقط إذا كنت قد أعددته.
sign_in-code_needed = أدخل أيضًا الرمز من تطبيق المصادقة.
sign_in-code_refused = ليس هذا رمز اللحظة الحالية أو سبق استخدامه. انتظر الرمز التالي.
sign_in-not_invited = منظمتك تعرفك، لكن لا مكان لأحد هنا بهذا الحساب. اطلب من المنسق أو من أحد مسؤولي جهتك أن يدعوك بعنوان البريد الإلكتروني لمنظمتك.
sign_in-not_finished = لم يكتمل تسجيل الدخول هذا: استغرق وقتًا طويلًا أو انقطع أو بدأ في متصفح آخر. ابدأ من جديد.
sign_in-one_factor = سبق أن طلبت منكم مؤسستكم عاملًا ثانيًا ولم تطلبه هذه المرة. سجّلوا الدخول لديها بالعاملين معًا، أو راجعوا المنسّق.
sign_in-provider_down = خدمة الدخول في منظمتك لا تستجيب حاليًّا. حاول مجددًا بعد بضع دقائق؛ بقية الموقع تعمل.
password-forgotten-title = كلمة سر منسية
password-not_an_address = هذا ليس عنوان بريد إلكتروني. صححه وحاول مجددًا.
password-ask = أرسلوا إليّ رابطًا
password-asked = إذا كان أحد يسجل الدخول هنا بكلمة سر وبهذا العنوان فالرابط في الطريق إليه، وهو صالح لمدة ساعة. وإن لم يصل فاطلب من أحد مسؤولي جهتك أن يدعوك من جديد.
password-new-title = اختيار كلمة سر جديدة
password-new = كلمة السر الجديدة
password-length = 12 حرفًا على الأقل.
password-set = حفظ كلمة السر
password-link_refused = استُخدم هذا الرابط أو سُحب أو انتهت مدته. اطلب رابطًا جديدًا.

## A link that lets somebody in.

link-title = تسجيل الدخول بهذا الرابط
link-title_invited = أنت مدعو
link-accepts = بقبولك تعمل باسم:
link-unused = يصلح الرابط مرة واحدة. يستهلكه الزر أدناه، لا فتح هذه الصفحة.
link-accept = القبول وتسجيل الدخول

## My account.

account-title = حسابي
account-owes = لإتمام تسجيل الدخول أعدّ عاملًا ثانيًا. وحتى ذلك الحين ترى ما يراه الجميع.
account-places = تعمل باسم
account-invited = دعوة لم تُقبل بعد
account-suspended = موقوف
account-manager = مسؤول
account-member = عضو
account-password-is_set = لديك كلمة سر.
account-password-none = ليست لديك كلمة سر بعد.
account-password-choose = اختيار كلمة سر
account-password-change = تغيير كلمة السر
account-password-why = من الآن فصاعدًا تسجّل الدخول بعنوان بريدك الإلكتروني وبكلمة السر هذه.
account-password-current = كلمة السر الحالية
account-password-current_refused = ليست هذه كلمة سرك الحالية.
account-password-too_long = كلمة السر هذه طويلة جدًّا. اختر أقصر منها.
account-password-keep = الإبقاء على كلمة السر التي لديّ
account-password-later = المتابعة دون كلمة سر
account-password-done = غُيّرت كلمة السر. وقد انتهى تسجيل دخولك في كل مكان آخر.
account-factor-title = العامل الثاني
account-factor-why = تطبيق المصادقة برنامج على هاتفك أو حاسوبك يعرض كل نصف دقيقة رمزًا جديدًا من ستة أرقام. تُدخله عند تسجيل الدخول، فلا تكفي كلمة سرك وحدها لدخول أحد.
account-factor-needed = يحتاج إليه المسؤولون وكل من يعمل باسم المنسق.
account-factor-since = مستخدم منذ { $date }.
account-factor-none = لم يُعَدّ بعد.
account-factor-begin = إعداد عامل ثانٍ
account-factor-renew = إعداد عامل آخر مكانه
account-factor-renew_why = أدخل الرمز من التطبيق الذي لديك. يبقى مستخدمًا حتى تؤكد الجديد. وإن فقدته فاطلب من أحد مسؤولي جهتك أن يدعوك من جديد.
account-factor-scan = امسح هذه الصورة بتطبيق المصادقة.
account-factor-picture = صورة السر لتطبيق المصادقة
account-factor-open = أو افتح تطبيق المصادقة على هذا الجهاز
account-factor-type = أو أدخل فيه هذا السر:
account-factor-once = لا يظهر إلا في هذه الصفحة. أبقها مفتوحة حتى تؤكد الرمز.
account-factor-code = الأرقام الستة التي يعرضها الآن.
account-factor-code_missing = أدخل الأرقام الستة التي يعرضها تطبيق المصادقة.
account-factor-confirm = تأكيد
account-factor-later = لاحقًا
account-factor-done = العامل الثاني مستخدم الآن.
account-sessions = أين سجّلت الدخول
account-sessions-this = هنا
account-sessions-end = تسجيل الخروج من كل مكان آخر
account-sessions-done = لم تعد مسجَّل الدخول في أي مكان آخر.
account-column-how = الطريقة
account-column-began = منذ
account-column-used = آخر استخدام
account-by_link = برابط
account-by_password = بكلمة السر
account-by_new_password = بكلمة سر جديدة
account-by_second_factor = بعامل ثانٍ جديد
account-by_provider = عبر { $provider }
account-by_unused_link = رابط لم يُستخدم بعد

## People.

role-state = جهة اتصال الدولة
role-provider = الجهة المقدِّمة
role-coordinator = المنسق
role-observer = المراقب

## A run.

run-title = تشغيل { $scenario }
run-based_on = استنادًا إلى { $scenario }
run-size = { count-requests }، { count-components }، { count-offers }
run-again = إعادة التشغيل
run-cancel = إلغاء
run-compare = المقارنة مع تشغيل آخر
run-stress = الاختبار من دون التعهدات
run-publish = النشر بوصفها مواءمات مقترحة
run-verified = تم التحقق
run-not_verified = لم يُتحقق منها: لا يجوز استخدام هذه الخطة.
run-progress = سير التشغيل
run-figure-matches = المواءمات
run-figure-requests_served = الطلبات الملبّاة
run-figure-requests_completed = الطلبات الملبّاة بالكامل
run-figure-components_served = المكوّنات الملبّاة
run-figure-cost = تكلفة المساعدة المشمولة بالمواءمة
run-figure-gap = الفجوة المُثبتة
run-figure-seconds = الوقت المستغرق
run-figure-of = من { $total }
run-gap-meaning = لا يمكن لأي خطة وفق هذه القواعد أن تكون أفضل في الهدف الأول بأكثر من ذلك. وما أخذته منه الأهداف اللاحقة مبيَّن في جدول الأهداف.
run-section-flow = تدفق المساعدة
run-section-coverage = التغطية حسب المنطقة والمجال
run-section-price = ثمن كل هدف
run-section-matches = المواءمات
run-section-unserved = ما لم يُلبَّ وأسبابه
run-section-offers = استخدام كل عرض
run-section-downloads = التنزيلات
run-column-goal = الهدف
run-column-best = الأفضل منفردًا
run-column-value = في هذه الخطة
run-column-gap = الفجوة المُثبتة
run-column-component = المكوّن
run-column-request = الطلب
run-column-offer = العرض
run-column-period = الفترة
run-column-quantity = الكمية
run-column-cost = التكلفة
run-column-rule = القاعدة
run-column-why = السبب
run-column-change = أصغر تغيير
run-column-started = البداية
run-all = الكل ({ $number })
run-none-matches = لم تكن أي مواءمة ممكنة وفق هذه القواعد.
run-none-unserved = لُبّيت كل المكوّنات بالكامل.
run-download-snapshot = المسألة المجمّدة (JSON)
run-download-run = التشغيل كاملًا مع شهادته (JSON)
run-download-plan = الخطة (CSV)
run-download-table = جدول
run-verify-title = كيف يُتحقق من هذا التشغيل
run-verify-text = نزّل التشغيل كاملًا وأعد حسابه على حاسوبك. لا حاجة إلى برنامج حلّ، ويُكشف أي تغيير في الملف.
run-verify-hash = بصمة SHA-256 للمسألة المجمّدة: { $hash }
run-waiting = ينتظر التشغيل عملية متاحة. وستعرض هذه الصفحة الخطة عند توفرها.
run-infeasible = لا توجد خطة تستوفي جميع القواعد والتثبيتات معًا. خفّف تثبيتًا أو قاعدة وأعد التشغيل.
run-failed = انتهى التشغيل دون خطة. السبب: { $reason }
run-cancelled = أُلغي التشغيل قبل أن توجد خطة.
run-partial = ترى المجاميع والمواءمات التي يجوز لك الاطلاع عليها. أما التشغيل كاملًا فمفتوح للمنسقين.
run-so_far = حتى الآن

## Rounds and the front page.

round-open = مفتوحة
round-frozen = مجمّدة
round-published = منشورة
round-decided = محسومة
round-closed = مغلقة
round-cut_off = آخر موعد: { $date }
front-title = جولات المواءمة ونتائجها
front-recount-title = أعد الحساب بنفسك
front-recount-text = تحقّق من كل خطة معروضة هنا برنامجٌ مستقل لا يعرف شيئًا عن برنامج الحلّ. نزّل التشغيل مع شهادته وكرّر التحقق على حاسوبك:

## Mail of a server in development.

shown_mail-title = رسائل لم تُرسَل
shown_mail-note = لا تُرسَل من هنا أي رسائل. ويرد أدناه ما كان سيُرسَل منذ بدء تشغيل الخادم، الأحدث أولًا، ويُحتفَظ بما لا يزيد على { $most } رسالة. ومن يملك عنوان هذه الصفحة يستطيع الدخول باسم أي شخص: لا تطلع عليه أحدًا.
shown_mail-to = إلى
shown_mail-open = فتح رابط هذه الرسالة

## Words on many pages.

action-save = حفظ
action-send = إرسال
action-accept = قبول
action-decline = رفض
action-back = رجوع
action-next = التالي
action-search = بحث
list-empty = لا شيء هنا بعد.
list-more = المزيد
