### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = Flujo de ayuda de los proveedores a los receptores
chart-flow-description = { count-providers }, { count-states }. La tabla siguiente contiene las mismas cifras.
chart-flow-ribbon = { $provider } → { $recipient }: { $amount }
chart-other = Otros ({ $number })
chart-share_used = { $amount } · { $share } utilizado
chart-share_asked = { $amount } · { $share } de lo solicitado

## Other charts.

chart-heat-title = Cobertura por región y esfera
chart-heat-description = Parte de la ayuda solicitada que el plan presta. Las casillas más oscuras y densas tienen mayor cobertura; una casilla vacía no fue objeto de solicitud.
chart-use-title = Utilización de cada oferta
chart-use-description = Lo que el plan utiliza de cada oferta y lo que queda.
chart-life_cycle-title = Ciclo de vida de la gestión de existencias: lo que falta
chart-life_cycle-description = Seis elementos: normas, estructuras y procedimientos, capacitación, personal, financiación, infraestructura.
chart-progress-title = Mejor plan y cota a lo largo del tiempo
chart-progress-description = El plan encontrado sube y la cota baja; donde se encuentran, el plan es óptimo de forma demostrada.
chart-tradeoff-title = Lo que un objetivo cuesta a otro
chart-tradeoff-description = Cada punto es una ejecución. Los puntos unidos por la línea no son superados por ningún otro en ambos objetivos.
chart-map-title = Cobertura por Estado y subregión
chart-map-description = Una casilla por Estado, agrupadas por subregión. Las casillas no muestran fronteras ni implican juicio alguno sobre la condición jurídica de ningún territorio.

## Words of tables and axes.

chart-column-provider = Proveedor
chart-column-recipient = Receptor
chart-column-amount = Importe
chart-column-region = Región
chart-column-area = Esfera
chart-column-state = Estado
chart-column-offer = Oferta
chart-column-coverage = Cobertura
chart-column-total = Total
chart-column-time = Tiempo
chart-column-best = Mejor plan
chart-column-bound = Cota
chart-column-run = Ejecución
chart-level-none = Nada
chart-level-full = Todo
