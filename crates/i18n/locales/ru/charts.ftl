### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = Поток помощи от поставщиков к получателям
chart-flow-description = { count-providers }, { count-states }. В таблице ниже приведены те же данные.
chart-flow-ribbon = { $provider } → { $recipient }: { $amount }
chart-other = Прочие ({ $number })
chart-share_used = { $amount } · использовано { $share }
chart-share_asked = { $amount } · { $share } запрошенного

## Other charts.

chart-heat-title = Охват по регионам и областям
chart-heat-description = Доля запрошенной помощи, предусмотренная планом. Чем темнее и плотнее ячейка, тем выше охват; пустая ячейка означает отсутствие запросов.
chart-use-title = Использование каждого предложения
chart-use-description = Что план использует из каждого предложения и что остается.
chart-life_cycle-title = Жизненный цикл управления запасами: чего не хватает
chart-life_cycle-description = Шесть элементов: нормы, структуры и процедуры, подготовка кадров, персонал, финансирование, инфраструктура.
chart-progress-title = Лучший план и граница с течением времени
chart-progress-description = Найденный план растет, граница снижается; где они сходятся, оптимальность плана доказана.
chart-tradeoff-title = Чего одна цель стоит другой
chart-tradeoff-description = Каждая точка — один запуск. Точки на линии не уступают никаким другим по обеим целям.
chart-map-title = Охват по государствам и субрегионам
chart-map-description = По одной плитке на государство, сгруппированы по субрегионам. Плитки не показывают границ и не выражают мнения о статусе какой-либо территории.

## Words of tables and axes.

chart-column-provider = Поставщик помощи
chart-column-recipient = Получатель
chart-column-amount = Сумма
chart-column-region = Регион
chart-column-area = Область
chart-column-state = Государство
chart-column-offer = Предложение
chart-column-coverage = Охват
chart-column-total = Всего
chart-column-time = Время
chart-column-best = Лучший план
chart-column-bound = Граница
chart-column-run = Запуск
chart-level-none = Ничего
chart-level-full = Все
