### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } k
figure-million = { $value } M
figure-milliard = { $value } bn
figure-seconds = { $value } s
figure-moment = { $date }, { $time } UTC

## Counts, put into other messages.

count-offers =
    { $offers ->
        [one] { $offers } offer
       *[other] { $offers } offers
    }
count-requests =
    { $requests ->
        [one] { $requests } request
       *[other] { $requests } requests
    }
count-components =
    { $components ->
        [one] { $components } component
       *[other] { $components } components
    }
count-matches =
    { $matches ->
        [one] { $matches } match
       *[other] { $matches } matches
    }
count-providers =
    { $providers ->
        [one] { $providers } provider
       *[other] { $providers } providers
    }
count-states =
    { $states ->
        [one] { $states } State
       *[other] { $states } States
    }
count-refused =
    { $offers ->
        [one] { $offers } offer refused
       *[other] { $offers } offers refused
    }
