### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } ألف
figure-million = { $value } مليون
figure-milliard = { $value } مليار
figure-seconds = { $value } ث
figure-moment = { $date }، { $time } بالتوقيت العالمي المنسق

## Counts, put into other messages.

count-offers =
    { $offers ->
        [zero] لا عروض
        [one] عرض واحد
        [two] عرضان
        [few] { $offers } عروض
        [many] { $offers } عرضًا
       *[other] { $offers } عرض
    }
count-requests =
    { $requests ->
        [zero] لا طلبات
        [one] طلب واحد
        [two] طلبان
        [few] { $requests } طلبات
        [many] { $requests } طلبًا
       *[other] { $requests } طلب
    }
count-components =
    { $components ->
        [zero] لا مكوّنات
        [one] مكوّن واحد
        [two] مكوّنان
        [few] { $components } مكوّنات
        [many] { $components } مكوّنًا
       *[other] { $components } مكوّن
    }
count-matches =
    { $matches ->
        [zero] لا مواءمات
        [one] مواءمة واحدة
        [two] مواءمتان
        [few] { $matches } مواءمات
        [many] { $matches } مواءمة
       *[other] { $matches } مواءمة
    }
count-providers =
    { $providers ->
        [zero] لا جهات مقدِّمة
        [one] جهة مقدِّمة واحدة
        [two] جهتان مقدِّمتان
        [few] { $providers } جهات مقدِّمة
        [many] { $providers } جهة مقدِّمة
       *[other] { $providers } جهة مقدِّمة
    }
count-states =
    { $states ->
        [zero] لا دول
        [one] دولة واحدة
        [two] دولتان
        [few] { $states } دول
        [many] { $states } دولة
       *[other] { $states } دولة
    }
count-refused =
    { $offers ->
        [zero] لم يُرفض أي عرض
        [one] رُفض عرض واحد
        [two] رُفض عرضان
        [few] رُفضت { $offers } عروض
        [many] رُفض { $offers } عرضًا
       *[other] رُفض { $offers } عرض
    }
