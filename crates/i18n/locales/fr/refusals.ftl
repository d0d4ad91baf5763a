### Refusals of the interface.
## Refusals of the interface (RFC 9457): what happened, what happened this time, what to do.

refusal-unauthenticated = Identifiez-vous d’abord
refusal-unauthenticated-detail = Aucun jeton valide n’accompagnait la requête.
refusal-unauthenticated-action = Envoyez un jeton en vigueur sous la forme Authorization: Bearer nm_….
refusal-forbidden = Vous n’êtes pas autorisé à le faire
refusal-forbidden-detail = Action que vos entités et vos autorisations ne permettent pas : { $action }.
refusal-forbidden-action = Adressez-vous à un responsable de l’entité ou utilisez un jeton qui comporte cette autorisation.
refusal-not_found = Rien de tel ici
refusal-not_found-detail = Introuvable parmi ce qui vous est visible : { $kind } { $key }.
refusal-not_found-action = Comparez l’adresse avec /api/v1/openapi.json.
refusal-method_not_allowed = Cette adresse n’admet pas cette méthode
refusal-method_not_allowed-detail = Cette adresse existe, mais pas pour cette méthode.
refusal-method_not_allowed-action = Comparez l’adresse avec /api/v1/openapi.json.
refusal-not_allowed_now = Cette étape n’est pas possible maintenant
refusal-not_allowed_now-detail = État actuel ({ $kind }) : { $state } ; étape impossible pour le moment : { $step }.
refusal-not_allowed_now-action = Possible maintenant : { $allowed }.
refusal-not_allowed_now-end = On ne peut plus rien y changer.
refusal-before_cut_off = La date limite du cycle n’est pas encore passée
refusal-before_cut_off-detail = Les demandes et les offres de ce cycle sont reçues jusqu’au { $cut_off_at } ; il pourra être figé à partir de ce moment.
refusal-before_cut_off-action = Figez-le à partir de ce moment, ou changez la date limite.
refusal-taken = Cette valeur est déjà prise
refusal-taken-detail = Déjà pris : { $what }.
refusal-taken-action = Choisissez-en une autre ou modifiez ce qui la porte déjà.
refusal-in_flight = La première requête portant cette clé est encore en cours
refusal-in_flight-detail = La première requête portant cette clé Idempotency-Key n’est pas encore terminée.
refusal-in_flight-action = Renvoyez la même requête dans un instant.
refusal-version_mismatch = Modifié entre-temps
refusal-version_mismatch-detail = Vous avez indiqué la version { $expected } ; la version actuelle est { $actual }.
refusal-version_mismatch-action = Relisez-le et refaites la modification sur la version actuelle.
refusal-too_large = Trop volumineux
refusal-too_large-detail = { $what } : { $actual }, alors que le maximum autorisé est { $limit }.
refusal-too_large-action = Envoyez-en moins à la fois.
refusal-unsupported_media_type = Envoyez du JSON
refusal-unsupported_media_type-detail = Le corps n’est pas déclaré comme application/json.
refusal-unsupported_media_type-action = Envoyez l’en-tête Content-Type: application/json.
refusal-not_json = Ce n’est pas du JSON
refusal-not_json-detail = Le corps est illisible : { $reason }.
refusal-not_json-action = Corrigez ce qui est indiqué et renvoyez.
refusal-bad_parameter = Un paramètre n’est pas conforme
refusal-bad_parameter-detail = Paramètre { $name } : « { $value } » ; attendu : { $expected }.
refusal-bad_parameter-action = Corrigez ce qui est indiqué et renvoyez.
refusal-invalid = Le document enfreint des règles
refusal-invalid-detail =
    { $count ->
        [one] { $count } erreur ; elle figure sous errors avec son emplacement.
       *[other] { $count } erreurs ; chacune figure sous errors avec son emplacement.
    }
refusal-invalid-action = Corrigez ce qui est indiqué et renvoyez.
refusal-key_reused = Cette clé d’idempotence a servi à autre chose
refusal-key_reused-detail = Cette clé Idempotency-Key accompagnait déjà une autre requête.
refusal-key_reused-action = Employez une nouvelle clé pour une nouvelle requête.
refusal-rule_broken = Une règle du registre s’y oppose
refusal-rule_broken-detail = Règle : { $rule }.
refusal-rule_broken-action = Modifiez l’envoi de façon à respecter cette règle.
refusal-cannot_freeze = Le cycle ne peut pas être figé
refusal-cannot_freeze-detail = { $faults }
refusal-cannot_freeze-action = Corrigez les lignes indiquées.
refusal-version_required = Indiquez la version que vous modifiez
refusal-version_required-detail = Sans indication de la version de départ, une modification pourrait annuler celle d’autrui.
refusal-version_required-action = Renvoyez dans If-Match la valeur ETag que vous avez lue.
refusal-too_many_requests = Trop de requêtes
refusal-too_many_requests-detail = Il en est arrivé plus à la fois qu’il n’en est accepté.
refusal-too_many_requests-action = Renvoyez la même requête après le nombre de secondes qu’indique `Retry-After`.
refusal-internal = Une erreur s’est produite de notre côté
refusal-internal-detail = L’erreur est de notre fait ; elle figure au journal sous l’identifiant de la requête.
refusal-internal-action = Signalez l’identifiant de la requête, donné par X-Request-Id.
refusal-busy = Service occupé ; réessayez
refusal-busy-detail = Une autre modification est en cours.
refusal-busy-action = Renvoyez la même requête dans un instant.
refusal-unavailable = Le registre est inaccessible
refusal-unavailable-detail = Le registre ne répond pas.
refusal-unavailable-action = Renvoyez la même requête dans un instant.
refusal-storage_full = Il n’y a plus de place
refusal-storage_full-detail = Le registre ne peut plus rien enregistrer.
refusal-storage_full-action = Demandez à l’exploitant de libérer de la place.

## What keeps a round from being frozen. The place stands before it.

freeze-place = { $file }, ligne { $row }, colonne { $column } : { $fault }
freeze-place-row = { $file }, ligne { $row } : { $fault }
freeze-place-column = { $file }, colonne { $column } : { $fault }
freeze-place-file = { $file } : { $fault }
freeze-setting = variante « { $setting } » : { $fault }
freeze-unknown = « { $value } » ne figure pas dans le scénario : corrigez ou ajoutez la ligne visée
freeze-duplicate = y figure deux fois : supprimez l’une des lignes
freeze-out_of_range = { $value } n’est pas compris entre { $least } et { $most } : corrigez
freeze-foreign_mitigation = la composante « { $component } » appartient à une autre demande : indiquez-en une de la même demande
freeze-missing_rate = aucun taux pour « { $currency } » : ajoutez { $currency } sous [rates] dans scenario.toml
freeze-converted_too_large = vaut { $converted } dans la monnaie de compte, soit plus de { $limit } : corrigez le montant ou le taux, ou comptez dans une unité plus grande
freeze-weight_too_large = la demande « { $request } » pèserait { $weight }, soit plus de { $limit } : employez des poids plus petits
freeze-draw_too_large = une unité puiserait { $draw } millièmes dans l’offre « { $offer } », soit plus de 1000 fois { $limit } : employez une unité plus petite et moins chère ou un delivery_permille plus bas
freeze-score_too_large = une unité de l’offre « { $offer } » obtiendrait { $score }, ce qui dépasse 64 bits : employez des poids plus petits, un unit_value plus bas ou une unité plus petite
freeze-lock_without_period = un verrou indique sa période : renseignez-la
freeze-lock_on_met = la composante est déjà satisfaite par ce qui a été reçu ou par un programme : supprimez le verrou, ou corrigez la quantité reçue ou le montant du programme
freeze-lock_on_settled = une autre variante du choix de la composante est déjà satisfaite : supprimez le verrou ou corrigez ce qui a été reçu de l’autre
freeze-locked_and_forbidden = la paire est à la fois verrouillée et interdite dans cette période : supprimez le verrou ou l’interdiction
freeze-problem = Contrôle du problème, { $place } : { $what }
freeze-total = la somme { $name } dépasse 2^62 : utilisez une unité de compte plus grande ou des poids plus petits

## Parts of sentences with values.

part-one_of = l’une des valeurs suivantes : { $allowed }
part-number = un nombre de { $least } à { $most }
part-characters = de 1 à { $most } caractères ASCII visibles
part-character = contient { $character }, qu’un identifiant ne peut contenir (ni espaces aux extrémités, ni caractères de contrôle ou de direction, ni `;` ou `@`)
part-json = ce n’est pas du JSON à la ligne { $line }, colonne { $column }
part-step_from = une étape à partir de l’état « { $state } »
part-with = { $phrase } : { $value }
part-field = { $place } : { $fault } ; { $action }
part-about = « { $value } » { $fault }
