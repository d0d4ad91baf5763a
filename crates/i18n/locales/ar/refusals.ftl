### Refusals of the interface.
## Refusals of the interface (RFC 9457): what happened, what happened this time, what to do.

refusal-unauthenticated = عرّف بنفسك أولًا
refusal-unauthenticated-detail = لم يرد مع النداء رمز دخول صالح.
refusal-unauthenticated-action = أرسل رمز دخول ساريًا على النحو التالي Authorization: Bearer nm_….
refusal-forbidden = لا يجوز لك القيام بذلك
refusal-forbidden-detail = إجراء لا تسمح به الجهات التي تمثلها ولا صلاحياتك: { $action }.
refusal-forbidden-action = اطلب ذلك من أحد مسؤولي الجهة أو استعمل رمز دخول يشمل هذه الصلاحية.
refusal-not_found = لا يوجد شيء من هذا القبيل هنا
refusal-not_found-detail = غير موجود ضمن ما يحق لك الاطلاع عليه: { $kind } { $key }.
refusal-not_found-action = قارن العنوان بما ورد في /api/v1/openapi.json.
refusal-method_not_allowed = هذا العنوان لا يقبل هذه الطريقة
refusal-method_not_allowed-detail = هذا العنوان معروف، ولكن ليس بهذه الطريقة.
refusal-method_not_allowed-action = قارن العنوان بما ورد في /api/v1/openapi.json.
refusal-not_allowed_now = لا يمكن اتخاذ هذه الخطوة الآن
refusal-not_allowed_now-detail = الحالة الراهنة ({ $kind }): { $state }؛ الخطوة غير الممكنة الآن: { $step }.
refusal-not_allowed_now-action = الممكن الآن: { $allowed }.
refusal-not_allowed_now-end = لم يعد بالإمكان فعل شيء في هذا الشأن.
refusal-before_cut_off = آخر موعد للجولة لم يحن بعد
refusal-before_cut_off-detail = تُستقبل طلبات هذه الجولة وعروضها حتى { $cut_off_at }؛ ويمكن تجميدها ابتداءً من ذلك الوقت.
refusal-before_cut_off-action = جمّدها بعد ذلك الوقت، أو غيّر آخر موعد.
refusal-taken = هذه القيمة مستعملة من قبل
refusal-taken-detail = مستعمل من قبل: { $what }.
refusal-taken-action = اختر غيرها، أو عدّل العنصر الذي يحملها.
refusal-in_flight = ما زال أول نداء بهذا المفتاح قيد التنفيذ
refusal-in_flight-detail = لم ينته بعد أول نداء يحمل المفتاح Idempotency-Key نفسه.
refusal-in_flight-action = أعد إرسال النداء نفسه بعد لحظات.
refusal-version_mismatch = جرى تعديله في هذه الأثناء
refusal-version_mismatch-detail = حددت النسخة { $expected }، أما النسخة الحالية فهي { $actual }.
refusal-version_mismatch-action = اقرأه مجددًا وأجرِ التعديل على النسخة القائمة.
refusal-too_large = الحجم كبير جدًّا
refusal-too_large-detail = { $what }: { $actual }، والحد المسموح به { $limit }.
refusal-too_large-action = أرسل أقل من ذلك في المرة الواحدة.
refusal-unsupported_media_type = أرسل بيانات JSON
refusal-unsupported_media_type-detail = نص الرسالة غير معلَن على أنه من النوع application/json.
refusal-unsupported_media_type-action = أرسل الرسالة مع بيان نوع محتواها في الترويسة Content-Type: application/json.
refusal-not_json = هذا ليس بصيغة JSON
refusal-not_json-detail = تتعذر قراءة نص الرسالة: { $reason }.
refusal-not_json-action = صحّح ما هو مذكور وأعد الإرسال.
refusal-bad_parameter = أحد المعاملات ليس كما ينبغي
refusal-bad_parameter-detail = المعامل { $name }: «{ $value }»؛ المتوقع: { $expected }.
refusal-bad_parameter-action = صحّح ما هو مذكور وأعد الإرسال.
refusal-invalid = المستند يخالف القواعد
refusal-invalid-detail =
    { $count ->
        [zero] لا أخطاء.
        [one] خطأ واحد، وهو مذكور مع موضعه تحت errors.
        [two] خطآن، وكل منهما مذكور مع موضعه تحت errors.
        [few] { $count } أخطاء، وكل منها مذكور مع موضعه تحت errors.
        [many] { $count } خطأً، وكل منها مذكور مع موضعه تحت errors.
       *[other] { $count } خطأ، وكل منها مذكور مع موضعه تحت errors.
    }
refusal-invalid-action = صحّح ما هو مذكور وأعد الإرسال.
refusal-key_reused = استُعمل مفتاح عدم التكرار هذا لأمر آخر
refusal-key_reused-detail = سبق أن ورد المفتاح Idempotency-Key هذا مع نداء آخر.
refusal-key_reused-action = استعمل مفتاحًا جديدًا للنداء الجديد.
refusal-rule_broken = قاعدة من قواعد السجل تمنع ذلك
refusal-rule_broken-detail = القاعدة: { $rule }.
refusal-rule_broken-action = عدّل ما ترسله بحيث يراعي هذه القاعدة.
refusal-cannot_freeze = لا يمكن تجميد الجولة
refusal-cannot_freeze-detail = { $faults }
refusal-cannot_freeze-action = صحّح الصفوف المذكورة.
refusal-version_required = حدد النسخة التي تعدّلها
refusal-version_required-detail = التعديل من دون بيان النسخة التي يستند إليها قد يُبطل تعديل شخص آخر.
refusal-version_required-action = أرسل في If-Match قيمة ETag التي قرأتها.
refusal-too_many_requests = عدد كبير جدًّا من النداءات
refusal-too_many_requests-detail = ورد في وقت واحد أكثر مما يُقبل.
refusal-too_many_requests-action = أعد إرسال النداء نفسه بعد عدد الثواني الوارد في `Retry-After`.
refusal-internal = حدث خطأ من جانبنا
refusal-internal-detail = الخطأ من جانبنا، وهو مدوَّن في السجل تحت رقم النداء.
refusal-internal-action = أبلغ عن رقم النداء الوارد في X-Request-Id.
refusal-busy = الخدمة مشغولة؛ حاول مجددًا
refusal-busy-detail = هناك تعديل آخر يعترض ذلك.
refusal-busy-action = أعد إرسال النداء نفسه بعد لحظات.
refusal-unavailable = يتعذر الوصول إلى السجل
refusal-unavailable-detail = السجل لا يجيب.
refusal-unavailable-action = أعد إرسال النداء نفسه بعد لحظات.
refusal-storage_full = لم يبق مكان للتخزين
refusal-storage_full-detail = لم يعد السجل قادرًا على الكتابة.
refusal-storage_full-action = اطلب من المشغّل توفير مكان.

## What keeps a round from being frozen. The place stands before it.

freeze-place = { $file }، الصف { $row }، العمود { $column }: { $fault }
freeze-place-row = { $file }، الصف { $row }: { $fault }
freeze-place-column = { $file }، العمود { $column }: { $fault }
freeze-place-file = { $file }: { $fault }
freeze-setting = الإعداد «{ $setting }»: { $fault }
freeze-unknown = «{ $value }» غير موجود في السيناريو: صحّحه أو أضف الصف الذي يشير إليه
freeze-duplicate = وارد مرتين: احذف أحد الصفين
freeze-out_of_range = { $value } خارج النطاق من { $least } إلى { $most }: صحّحه
freeze-foreign_mitigation = المكوّن «{ $component }» يعود إلى طلب آخر: اذكر مكوّنًا من الطلب نفسه
freeze-missing_rate = لا سعر صرف للعملة «{ $currency }»: أضف { $currency } إلى القسم [rates] في الملف scenario.toml
freeze-converted_too_large = يعادل { $converted } بعملة الحساب، أي أكثر من { $limit }: صحّح المبلغ أو السعر، أو احسب بوحدة أكبر
freeze-weight_too_large = يبلغ وزن الطلب «{ $request }» { $weight }، أي أكثر من { $limit }: استعمل أوزانًا أصغر
freeze-draw_too_large = تستنفد الوحدة الواحدة { $draw } من الأجزاء الألفية من العرض «{ $offer }»، أي أكثر من 1000 ضعف { $limit }: استعمل وحدة أصغر وأقل كلفة أو قيمة أدنى في delivery_permille
freeze-score_too_large = تنال الوحدة الواحدة من العرض «{ $offer }» { $score }، وهو ما يتجاوز 64 بتًّا: استعمل أوزانًا أصغر أو قيمة أدنى في unit_value أو وحدة أصغر
freeze-lock_without_period = التثبيت يحدد فترته: املأها
freeze-lock_on_met = المكوّن ملبّى بما وصل أو ببرنامج قائم: احذف التثبيت أو صحّح الكمية الواردة أو مقدار البرنامج
freeze-lock_on_settled = لُبّي بديل آخر من بدائل هذا المكوّن: احذف التثبيت أو صحّح ما ورد من البديل الآخر
freeze-locked_and_forbidden = الزوج مثبّت وممنوع معًا في هذه الفترة: احذف التثبيت أو المنع
freeze-problem = فحص المسألة، { $place }: { $what }
freeze-total = مجموع { $name } يتجاوز 2^62: استخدم وحدة حساب أكبر أو أوزانًا أصغر

## Parts of sentences with values.

part-one_of = إحدى القيم التالية: { $allowed }
part-number = عدد من { $least } إلى { $most }
part-characters = من 1 إلى { $most } من أحرف ASCII المرئية
part-character = فيه { $character }، وهو ما لا يجوز في المعرّف (لا مسافات في الطرفين ولا أحرف تحكم أو اتجاه ولا `;` أو `@`)
part-json = ليس بصيغة JSON في السطر { $line }، العمود { $column }
part-step_from = خطوة انطلاقًا من الحالة «{ $state }»
part-with = { $phrase }: { $value }
part-field = { $place }: { $fault }؛ { $action }
part-about = «{ $value }» { $fault }
