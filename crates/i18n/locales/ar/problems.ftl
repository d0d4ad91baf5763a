### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = تتعذر قراءة ما أُرسل
problem-bad_request-advice = صحّح ما هو مذكور أدناه وأعد الإرسال.
problem-unauthenticated = سجّل الدخول أولًا
problem-unauthenticated-advice = هذه الصفحة لمن سجّلوا الدخول.
problem-forbidden = دورك لا يسمح بذلك
problem-forbidden-advice = اطلب هذا الحق من أحد مسؤولي جهتك.
problem-not_found = لا شيء هنا
problem-not_found-advice = الصفحة غير موجودة أو غير مرئية لك. تحقق من العنوان.
problem-conflict = غير ممكن في الوضع الحالي
problem-conflict-advice = الممكن الآن: { $allowed }.
problem-before_cut_off = آخر موعد للجولة لم يحن بعد
problem-before_cut_off-advice = يمكن تجميد هذه الجولة ابتداءً من هذا الموعد: { $date }. جمّدها بعد ذلك، أو غيّر آخر موعد.
problem-changed = عدّله شخص آخر في هذه الأثناء
problem-changed-advice = أعد التحميل واطّلع على التعديل ثم كرر تعديلك.
problem-too_large = الحجم كبير جدًّا
problem-too_large-advice = يمكن إرسال { $limit } على الأكثر في المرة الواحدة. أرسله على أجزاء.
problem-invalid = بعض الحقول تحتاج إلى تصحيح
problem-invalid-advice =
    { $fields ->
        [zero] لا حقول معلّمة أدناه.
        [one] حقل واحد معلّم أدناه مع ما يلزم عمله.
        [two] حقلان معلّمان أدناه مع ما يلزم عمله.
        [few] { $fields } حقول معلّمة أدناه مع ما يلزم عمله.
        [many] { $fields } حقلًا معلّمًا أدناه مع ما يلزم عمله.
       *[other] { $fields } حقل معلّم أدناه مع ما يلزم عمله.
    }
problem-too_many = عدد كبير جدًّا في وقت واحد
problem-too_many-advice =
    { $seconds ->
        [zero] حاول مجددًا الآن.
        [one] حاول مجددًا بعد ثانية واحدة.
        [two] حاول مجددًا بعد ثانيتين.
        [few] حاول مجددًا بعد { $seconds } ثوانٍ.
        [many] حاول مجددًا بعد { $seconds } ثانية.
       *[other] حاول مجددًا بعد { $seconds } ثانية.
    }
problem-internal = حدث خطأ من جانبنا
problem-internal-advice = لم يُفقد شيء. حاول مجددًا، وإن استمر الخطأ فأبلغ المنسق بهذا الرقم: { $reference }.
problem-unavailable = غير متاح حاليًا
problem-unavailable-advice = الخدمة مشغولة أو يُعاد تشغيلها. حاول مجددًا بعد قليل.
