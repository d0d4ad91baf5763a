### What went wrong, and what to do.

## Titles and advice of error pages and of problem documents (RFC 9457).

problem-bad_request = Ce qui a été envoyé ne peut être lu
problem-bad_request-advice = Corrigez ce qui est indiqué ci-dessous et renvoyez.
problem-unauthenticated = Connectez-vous d’abord
problem-unauthenticated-advice = Cette page est réservée aux personnes connectées.
problem-forbidden = Votre rôle ne le permet pas
problem-forbidden-advice = Demandez ce droit à un responsable de votre entité.
problem-not_found = Rien à cette adresse
problem-not_found-advice = La page n’existe pas ou ne vous est pas visible. Vérifiez l’adresse.
problem-conflict = Impossible dans l’état actuel
problem-conflict-advice = Possible maintenant : { $allowed }.
problem-before_cut_off = La date limite du cycle n’est pas encore passée
problem-before_cut_off-advice = Ce cycle pourra être figé à partir de cette date : { $date }. Figez-le à ce moment, ou changez la date limite.
problem-changed = Quelqu’un l’a modifié entre-temps
problem-changed-advice = Rechargez la page, examinez la modification et refaites la vôtre.
problem-too_large = Trop volumineux
problem-too_large-advice = On peut envoyer au plus { $limit } à la fois. Envoyez en plusieurs parties.
problem-invalid = Certains champs sont à corriger
problem-invalid-advice =
    { $fields ->
        [one] { $fields } champ est signalé ci-dessous avec la marche à suivre.
       *[other] { $fields } champs sont signalés ci-dessous avec la marche à suivre.
    }
problem-too_many = Trop de requêtes à la fois
problem-too_many-advice =
    { $seconds ->
        [one] Réessayez dans { $seconds } seconde.
       *[other] Réessayez dans { $seconds } secondes.
    }
problem-internal = Une erreur s’est produite de notre côté
problem-internal-advice = Rien n’a été perdu. Réessayez et, si l’erreur persiste, indiquez ce numéro au coordonnateur : { $reference }.
problem-unavailable = Momentanément indisponible
problem-unavailable-advice = Le service est occupé ou redémarre. Réessayez dans un instant.
