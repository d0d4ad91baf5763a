### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = Qui peut aider qui à maîtriser les armes légères et de petit calibre, avec quoi et quand.
navigation-label = Navigation principale
navigation-skip = Aller au contenu
navigation-home = Accueil
navigation-requests = Demandes
navigation-offers = Offres
navigation-rounds = Cycles
navigation-scenarios = Scénarios
navigation-runs = Exécutions
navigation-proposals = Appariements proposés
navigation-commitments = Engagements
navigation-catalogue = Catalogue public
navigation-rules = Règles et domaines
navigation-audit = Audit
navigation-language = Langue
navigation-sign_in = Se connecter
navigation-sign_out = Se déconnecter
navigation-account = Mon compte
navigation-interface = Interface de programmation

## Signing in.

sign_in-title = Se connecter
sign_in-email = Adresse électronique
sign_in-password = Mot de passe
sign_in-code = Code de votre application d’authentification
sign_in-button = Se connecter
sign_in-forgotten = Mot de passe oublié ?
sign_in-refused = L’adresse électronique et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.
sign_in-too_many = Trop de tentatives. Attendez quelques minutes et réessayez.
sign_in-demonstration = Démonstration : choisissez qui vous voulez être.
sign_in-link_needed = Ouvrez le lien de connexion que vous avez reçu. Chaque lien sert une seule fois, dans la journée.
sign_in-link_refused = Ce lien a déjà servi, a été retiré ou a expiré. Demandez-en un autre au coordonnateur.
sign_in-with = Se connecter avec { $provider }
sign_in-code_where = Seulement si vous en avez configuré un.
sign_in-code_needed = Saisissez aussi le code de votre application d’authentification.
sign_in-code_refused = Ce code n’est pas celui du moment, ou a déjà servi. Attendez le suivant.
sign_in-not_invited = Votre organisation vous connaît, mais personne n’a de place ici avec ce compte. Demandez au coordonnateur, ou à un responsable de votre entité, de vous inviter avec l’adresse électronique de votre organisation.
sign_in-not_finished = Cette connexion n’a pas abouti : elle a pris trop de temps, a été interrompue ou a commencé dans un autre navigateur. Recommencez.
sign_in-one_factor = Votre organisation vous a déjà demandé un second facteur, et ne l’a pas fait cette fois. Identifiez-vous auprès d’elle avec les deux, ou adressez-vous au coordonnateur.
sign_in-provider_down = La connexion de votre organisation ne répond pas pour le moment. Réessayez dans quelques minutes ; le reste du site fonctionne.
password-forgotten-title = Mot de passe oublié
password-not_an_address = Ce n’est pas une adresse électronique. Corrigez-la et réessayez.
password-ask = Envoyez-moi un lien
password-asked = Si quelqu’un se connecte ici par mot de passe avec cette adresse, un lien est en route ; il est valable une heure. S’il n’arrive pas, demandez à un responsable de votre entité de vous inviter à nouveau.
password-new-title = Choisir un nouveau mot de passe
password-new = Nouveau mot de passe
password-length = Au moins 12 caractères.
password-set = Enregistrer le mot de passe
password-link_refused = Ce lien a déjà servi, a été retiré ou a expiré. Demandez-en un autre.

## A link that lets somebody in.

link-title = Se connecter par ce lien
link-title_invited = Vous avez reçu une invitation
link-accepts = En acceptant, vous agissez pour :
link-unused = Le lien sert une seule fois. C’est le bouton ci-dessous qui l’utilise, et non l’ouverture de cette page.
link-accept = Accepter et se connecter

## My account.

account-title = Mon compte
account-owes = Pour terminer la connexion, configurez un second facteur. D’ici là, vous voyez ce que tout le monde voit.
account-places = Vous agissez pour
account-invited = Invitation en attente
account-suspended = Suspendu
account-manager = Responsable
account-member = Membre
account-password-is_set = Vous en avez un.
account-password-none = Vous n’en avez pas encore.
account-password-choose = Choisir un mot de passe
account-password-change = Changer le mot de passe
account-password-why = Vous vous connecterez désormais avec votre adresse électronique et ce mot de passe.
account-password-current = Mot de passe actuel
account-password-current_refused = Ce n’est pas votre mot de passe actuel.
account-password-too_long = C’est trop long. Choisissez-en un plus court.
account-password-keep = Garder mon mot de passe
account-password-later = Continuer sans mot de passe
account-password-done = Le mot de passe a été changé. Partout ailleurs où vous étiez connecté, vous ne l’êtes plus.
account-factor-title = Second facteur
account-factor-why = Une application d’authentification se trouve sur votre téléphone ou votre ordinateur. Toutes les trente secondes, elle affiche un nouveau code à six chiffres. Vous le saisissez en vous connectant, de sorte que votre mot de passe seul ne laisse entrer personne.
account-factor-needed = Les responsables et toutes les personnes d’un coordonnateur en ont besoin.
account-factor-since = En service depuis le { $date }.
account-factor-none = Non configuré.
account-factor-begin = Configurer un second facteur
account-factor-renew = En configurer un autre à sa place
account-factor-renew_why = Saisissez le code de l’application que vous avez. Elle reste en service jusqu’à ce que vous ayez confirmé la nouvelle. Si vous l’avez perdue, demandez à un responsable de votre entité de vous inviter à nouveau.
account-factor-scan = Scannez cette image avec votre application d’authentification.
account-factor-picture = Image du secret pour une application d’authentification
account-factor-open = Ou ouvrez l’application d’authentification de cet appareil
account-factor-type = Ou saisissez-y ce secret :
account-factor-once = Il n’est affiché que sur cette page. Gardez-la ouverte jusqu’à ce que vous ayez confirmé le code.
account-factor-code = Les six chiffres qu’elle affiche maintenant.
account-factor-code_missing = Saisissez les six chiffres qu’affiche votre application d’authentification.
account-factor-confirm = Confirmer
account-factor-later = Plus tard
account-factor-done = Le second facteur est en service.
account-sessions = Où vous êtes connecté
account-sessions-this = Ici
account-sessions-end = Se déconnecter partout ailleurs
account-sessions-done = Vous n’êtes plus connecté nulle part ailleurs.
account-column-how = Comment
account-column-began = Depuis
account-column-used = Vu pour la dernière fois
account-by_link = Par un lien
account-by_password = Par mot de passe
account-by_new_password = Par un nouveau mot de passe
account-by_second_factor = Avec un nouveau second facteur
account-by_provider = Auprès de { $provider }
account-by_unused_link = Un lien qui n’a pas encore servi

## People.

role-state = Point de contact de l’État
role-provider = Fournisseur
role-coordinator = Coordonnateur
role-observer = Observateur

## A run.

run-title = Exécution de { $scenario }
run-based_on = D’après { $scenario }
run-size = { count-requests }, { count-components }, { count-offers }
run-again = Exécuter à nouveau
run-cancel = Annuler
run-compare = Comparer avec une autre exécution
run-stress = Tester sans les annonces de contribution
run-publish = Publier comme appariements proposés
run-verified = Vérifié
run-not_verified = Non vérifié : ce plan ne peut pas être utilisé.
run-progress = Avancement de l’exécution
run-figure-matches = Appariements
run-figure-requests_served = Demandes servies
run-figure-requests_completed = Demandes satisfaites en totalité
run-figure-components_served = Composantes servies
run-figure-cost = Coût de l’aide appariée
run-figure-gap = Écart prouvé
run-figure-seconds = Durée
run-figure-of = sur { $total }
run-gap-meaning = Aucun plan respectant ces règles ne peut être meilleur pour le premier objectif de plus que cela. Ce que les objectifs suivants en ont pris figure dans le tableau des objectifs.
run-section-flow = Flux d’aide
run-section-coverage = Couverture par région et par domaine
run-section-price = Prix de chaque objectif
run-section-matches = Appariements
run-section-unserved = Ce qui n’est pas servi, et pourquoi
run-section-offers = Utilisation de chaque offre
run-section-downloads = Téléchargements
run-column-goal = Objectif
run-column-best = Meilleur seul
run-column-value = Dans ce plan
run-column-gap = Écart prouvé
run-column-component = Composante
run-column-request = Demande
run-column-offer = Offre
run-column-period = Période
run-column-quantity = Quantité
run-column-cost = Coût
run-column-rule = Règle
run-column-why = Pourquoi
run-column-change = Plus petit changement
run-column-started = Lancée
run-all = Tous ({ $number })
run-none-matches = Aucun appariement n’a été possible avec ces règles.
run-none-unserved = Toutes les composantes sont entièrement servies.
run-download-snapshot = Problème figé (JSON)
run-download-run = Exécution complète avec son certificat (JSON)
run-download-plan = Plan (CSV)
run-download-table = Tableau
run-verify-title = Comment vérifier cette exécution
run-verify-text = Téléchargez l’exécution complète et recomptez-la sur votre propre ordinateur. Aucun solveur n’est nécessaire et toute modification du fichier est détectée.
run-verify-hash = SHA-256 du problème figé : { $hash }
run-waiting = L’exécution attend un processus disponible. Cette page affichera le plan dès qu’il sera prêt.
run-infeasible = Aucun plan ne respecte à la fois toutes les règles et tous les verrouillages. Assouplissez un verrouillage ou une règle, puis relancez.
run-failed = L’exécution s’est terminée sans plan. Raison : { $reason }
run-cancelled = L’exécution a été annulée avant qu’il y ait un plan.
run-partial = Vous voyez les totaux et les appariements qui vous sont ouverts. L’exécution complète est réservée aux coordonnateurs.
run-so_far = Jusqu’ici

## Rounds and the front page.

round-open = Ouvert
round-frozen = Figé
round-published = Publié
round-decided = Décidé
round-closed = Clos
round-cut_off = Date limite : { $date }
front-title = Les cycles d’appariement et leurs résultats
front-recount-title = Recomptez vous-même
front-recount-text = Chaque plan présenté ici a été contrôlé par un vérificateur qui ignore tout de l’optimiseur. Téléchargez une exécution avec son certificat et refaites ce contrôle sur votre propre ordinateur :

## Mail of a server in development.

shown_mail-title = Messages qui n’ont pas été envoyés
shown_mail-note = Aucun courriel n’est envoyé d’ici. Ce qui l’aurait été depuis le démarrage du serveur figure ci-dessous, du plus récent au plus ancien ; { $most } messages au plus sont conservés. Quiconque a l’adresse de cette page peut entrer au nom de n’importe qui : gardez-la pour vous.
shown_mail-to = À
shown_mail-open = Ouvrir le lien de ce message

## Words on many pages.

action-save = Enregistrer
action-send = Envoyer
action-accept = Accepter
action-decline = Décliner
action-back = Retour
action-next = Suivant
action-search = Rechercher
list-empty = Rien ici pour l’instant.
list-more = Suite
