### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = Уважаемый(-ая) { $name }!
mail-proposal-subject = Предлагаемое сопоставление: { $title }
mail-proposal-text = Координатор предлагает следующее сопоставление: поставщик помощи — { $provider }, получатель — { $recipient }, предмет — { $title }. Просьба принять, задать вопрос или отклонить до { $deadline }.
mail-decided-subject = Решение: { $title }
mail-accepted-text = Предлагаемое сопоставление ({ $title }) принято: { $party }.
mail-declined-text = Предлагаемое сопоставление ({ $title }) отклонено: { $party }. Причина: { $reason }
mail-called-off-text = Достигнутая договоренность ({ $title }) отменена: { $party }. Причина: { $reason }
mail-ended-subject = Предлагаемое сопоставление прекращено: { $title }
mail-request-withdrawn-text = Запрос { $title } отозван ({ $party }): вместе с ним прекращено и предлагаемое сопоставление.
mail-offer-withdrawn-text = Предложение отозвано ({ $party }): вместе с ним прекращено и предлагаемое сопоставление ({ $title }).
mail-request-expired-text = Срок действия запроса { $title } истек: вместе с ним прекращено и предлагаемое сопоставление.
mail-offer-expired-text = Срок действия предложения, на котором основано предлагаемое сопоставление ({ $title }), истек: вместе с ним прекращено и сопоставление.
mail-reason = Причина: { $reason }
mail-message-text = Поступило новое сообщение: предлагаемое сопоставление ({ $title }).
mail-changed-text = Предлагаемое сопоставление ({ $title }): условия изменены. Просьба принять, задать вопрос или отклонить до { $deadline }.
mail-lapsed-text = Предлагаемое сопоставление ({ $title }) утратило силу: никто не ответил в срок.
mail-unmatched-subject = Ваш запрос { $title } не сопоставлен в раунде { $round }
mail-unmatched-text = На странице ниже указано, какое правило этому помешало и что изменило бы положение.
mail-invitation-subject = Приглашение действовать от имени: { $party }
mail-invitation-text = Вас приглашают действовать от имени: { $party }. Адрес ниже открывает вход один раз, в течение суток. Если вы этого не ожидали, ничего не делайте.
mail-recovery-subject = Установка нового пароля
mail-recovery-text =
    { $minutes ->
        [one] Воспользуйтесь адресом ниже в течение { $minutes } минуты. Если вы этого не просили, ничего не делайте.
        [few] Воспользуйтесь адресом ниже в течение { $minutes } минут. Если вы этого не просили, ничего не делайте.
       *[many] Воспользуйтесь адресом ниже в течение { $minutes } минут. Если вы этого не просили, ничего не делайте.
    }
