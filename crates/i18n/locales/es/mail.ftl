### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = Estimado/a { $name }:
mail-proposal-subject = Una correspondencia propuesta para { $title }
mail-proposal-text = El coordinador propone que { $provider } ayude a { $recipient } con { $title }. Le rogamos que acepte, pregunte o rechace antes del { $deadline }.
mail-decided-subject = Decisión sobre { $title }
mail-accepted-text = { $party } ha aceptado la correspondencia propuesta para { $title }.
mail-declined-text = { $party } ha rechazado la correspondencia propuesta para { $title }. Motivo: { $reason }
mail-called-off-text = { $party } ha dejado sin efecto lo acordado para { $title }. Motivo: { $reason }
mail-ended-subject = La correspondencia propuesta para { $title } ha terminado
mail-request-withdrawn-text = { $party } ha retirado su solicitud { $title }: la correspondencia propuesta termina con ella.
mail-offer-withdrawn-text = { $party } ha retirado su oferta: la correspondencia propuesta para { $title } termina con ella.
mail-request-expired-text = La solicitud { $title } ha caducado: la correspondencia propuesta termina con ella.
mail-offer-expired-text = La oferta en que se basaba la correspondencia propuesta para { $title } ha caducado: la correspondencia termina con ella.
mail-reason = Motivo: { $reason }
mail-message-text = Hay un nuevo mensaje sobre la correspondencia propuesta para { $title }.
mail-changed-text = Se modificaron las condiciones de la correspondencia propuesta para { $title }. Le rogamos que acepte, pregunte o rechace antes del { $deadline }.
mail-lapsed-text = Nadie respondió a tiempo a la correspondencia propuesta para { $title }: ha caducado.
mail-unmatched-subject = Su solicitud { $title } no obtuvo correspondencia en la ronda { $round }
mail-unmatched-text = La página siguiente indica qué regla lo impidió y qué lo cambiaría.
mail-left_out-subject = Su solicitud { $title } en la ronda { $round }: excluida, total o parcialmente
mail-left_out-text = { $reason } La página siguiente es la de la ronda.
mail-package-invited-subject = Invitación a sumarse al paquete de solicitudes { $title }
mail-package-invited-text = { $party } invita a su Estado a sumarse al paquete de solicitudes conjuntas { $title }. Los Estados que se han sumado ven mutuamente sus solicitudes aprobadas del paquete, y estas se atienden juntas o no se atienden. Le rogamos que se sume o rechace.
mail-package-subject = Paquete de solicitudes { $title }
mail-package-joined-text = { $party } se ha sumado al paquete de solicitudes { $title }.
mail-package-declined-text = { $party } ha rechazado sumarse al paquete de solicitudes { $title }. Motivo: { $reason }
mail-package-left-text = { $party } ha abandonado el paquete de solicitudes { $title }. Sus solicitudes vuelven a ser independientes.
mail-package-withdrawn-text = { $party } ha retirado el paquete de solicitudes { $title }. Las solicitudes que lo formaban vuelven a ser independientes.
mail-invitation-subject = Invitación para actuar en nombre de { $party }
mail-invitation-text = Se le invita a actuar en nombre de { $party }. La dirección siguiente le da acceso una sola vez, en el plazo de un día. Si no esperaba este mensaje, no haga nada.
mail-place-text = Se le invita a actuar en nombre de { $party }, además de aquello por lo que ya actúa. La dirección siguiente le permite elegir una contraseña, una sola vez y en el plazo de un día: eso demuestra que usted lee este correo, pone fin a sus sesiones y vale como aceptación. Si tiene un segundo factor, allí se le pide su código. Si no esperaba este mensaje, no haga nada.
mail-recovery-subject = Establecer una nueva contraseña
mail-recovery-text =
    { $minutes ->
        [one] Utilice la dirección siguiente en un plazo de { $minutes } minuto. Si no lo ha pedido, no haga nada.
       *[other] Utilice la dirección siguiente en un plazo de { $minutes } minutos. Si no lo ha pedido, no haga nada.
    }
