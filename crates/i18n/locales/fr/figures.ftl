### Short figures and counts.

## Short figures. The value is already written as the language does; the space before the unit does not break.

figure-thousand = { $value } k
figure-million = { $value } M
figure-milliard = { $value } Md
figure-seconds = { $value } s
figure-moment = { $date } à { $time } UTC

## Counts, put into other messages.

count-offers =
    { $offers ->
        [one] { $offers } offre
       *[other] { $offers } offres
    }
count-requests =
    { $requests ->
        [one] { $requests } demande
       *[other] { $requests } demandes
    }
count-components =
    { $components ->
        [one] { $components } composante
       *[other] { $components } composantes
    }
count-matches =
    { $matches ->
        [one] { $matches } appariement
       *[other] { $matches } appariements
    }
count-providers =
    { $providers ->
        [one] { $providers } fournisseur
       *[other] { $providers } fournisseurs
    }
count-states =
    { $states ->
        [one] { $states } État
       *[other] { $states } États
    }
count-refused =
    { $offers ->
        [one] { $offers } offre refusée
       *[other] { $offers } offres refusées
    }
