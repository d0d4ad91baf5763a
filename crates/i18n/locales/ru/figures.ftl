### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } тыс.
figure-million = { $value } млн
figure-milliard = { $value } млрд
figure-seconds = { $value } с
figure-moment = { $date }, { $time } UTC

## Counts, put into other messages.

count-offers =
    { $offers ->
        [one] { $offers } предложение
        [few] { $offers } предложения
       *[many] { $offers } предложений
    }
count-requests =
    { $requests ->
        [one] { $requests } запрос
        [few] { $requests } запроса
       *[many] { $requests } запросов
    }
count-components =
    { $components ->
        [one] { $components } компонент
        [few] { $components } компонента
       *[many] { $components } компонентов
    }
count-matches =
    { $matches ->
        [one] { $matches } сопоставление
        [few] { $matches } сопоставления
       *[many] { $matches } сопоставлений
    }
count-providers =
    { $providers ->
        [one] { $providers } поставщик помощи
        [few] { $providers } поставщика помощи
       *[many] { $providers } поставщиков помощи
    }
count-states =
    { $states ->
        [one] { $states } государство
        [few] { $states } государства
       *[many] { $states } государств
    }
count-refused =
    { $offers ->
        [one] Отклонено { $offers } предложение
        [few] Отклонено { $offers } предложения
       *[many] Отклонено { $offers } предложений
    }
