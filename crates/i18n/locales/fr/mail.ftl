### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = Bonjour { $name },
mail-proposal-subject = Un appariement proposé pour { $title }
mail-proposal-text = Le coordonnateur propose que { $provider } aide { $recipient } pour { $title }. Veuillez accepter, demander des précisions ou décliner avant le { $deadline }.
mail-decided-subject = Décision concernant { $title }
mail-accepted-text = { $party } a accepté l’appariement proposé pour { $title }.
mail-declined-text = { $party } a décliné l’appariement proposé pour { $title }. Motif : { $reason }
mail-called-off-text = { $party } a renoncé à ce qui avait été convenu pour { $title }. Motif : { $reason }
mail-ended-subject = L’appariement proposé pour { $title } a pris fin
mail-request-withdrawn-text = { $party } a retiré sa demande { $title } : l’appariement proposé prend fin avec elle.
mail-offer-withdrawn-text = { $party } a retiré son offre : l’appariement proposé pour { $title } prend fin avec elle.
mail-request-expired-text = La demande { $title } a expiré : l’appariement proposé prend fin avec elle.
mail-offer-expired-text = L’offre sur laquelle reposait l’appariement proposé pour { $title } a expiré : l’appariement prend fin avec elle.
mail-reason = Motif : { $reason }
mail-message-text = Il y a un nouveau message sur l’appariement proposé pour { $title }.
mail-changed-text = Les conditions de l’appariement proposé pour { $title } ont été modifiées. Veuillez accepter, demander des précisions ou décliner avant le { $deadline }.
mail-lapsed-text = L’appariement proposé pour { $title } est resté sans réponse dans le délai prévu : il est caduc.
mail-unmatched-subject = Votre demande { $title } n’a pas été appariée dans le cycle { $round }
mail-unmatched-text = La page ci-dessous indique quelle règle l’a empêché et ce qui changerait la situation.
mail-left_out-subject = Votre demande { $title } dans le cycle { $round } : non retenue, en tout ou en partie
mail-left_out-text = { $reason } La page ci-dessous est celle du cycle.
mail-package-invited-subject = Invitation à rejoindre l’ensemble de demandes { $title }
mail-package-invited-text = { $party } invite votre État à rejoindre l’ensemble de demandes conjointes { $title }. Les États qui l’ont rejoint voient les uns et les autres leurs demandes approuvées de cet ensemble, et celles-ci sont servies ensemble ou pas du tout. Veuillez le rejoindre ou décliner.
mail-package-subject = Ensemble de demandes { $title }
mail-package-joined-text = { $party } a rejoint l’ensemble de demandes { $title }.
mail-package-declined-text = { $party } a refusé de rejoindre l’ensemble de demandes { $title }. Motif : { $reason }
mail-package-left-text = { $party } a quitté l’ensemble de demandes { $title }. Ses demandes sont de nouveau indépendantes.
mail-package-withdrawn-text = { $party } a retiré l’ensemble de demandes { $title }. Les demandes qui en faisaient partie sont de nouveau indépendantes.
mail-invitation-subject = Invitation à agir pour { $party }
mail-invitation-text = Vous êtes invité(e) à agir pour { $party }. L’adresse ci-dessous vous connecte une seule fois, dans un délai d’un jour. Si vous n’attendiez pas ce message, ne faites rien.
mail-place-text = Vous êtes invité(e) à agir pour { $party }, en plus de ce pour quoi vous agissez déjà. L’adresse ci-dessous vous permet de choisir un mot de passe, une seule fois et dans un délai d’un jour : cela montre que vous lisez ce courriel, met fin à vos sessions et vaut acceptation. Si vous avez un second facteur, son code y est demandé. Si vous n’attendiez pas ce message, ne faites rien.
mail-recovery-subject = Choisir un nouveau mot de passe
mail-recovery-text =
    { $minutes ->
        [one] Utilisez l’adresse ci-dessous dans un délai de { $minutes } minute. Si vous n’avez rien demandé, ne faites rien.
       *[other] Utilisez l’adresse ci-dessous dans un délai de { $minutes } minutes. Si vous n’avez rien demandé, ne faites rien.
    }
