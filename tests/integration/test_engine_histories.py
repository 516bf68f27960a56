"""Random histories of the booking engine break none of its rules; and two that once did."""

from datetime import time

import pytest
from factories import keep, make_counsellor, make_openings, make_organisation, make_site

from accueil.bootstrap import Application
from accueil.core.booking import DEFAULT_REASON, NotAllowed, Wish
from accueil.core.contact import Contact
from accueil.gateways.post import NullPost
from accueil.services.booking import Sharing
from tests.load.histories import Histories, run

SHARING = Sharing(Contact("+33639980001"), "Lina")


def test_a_hundred_histories_of_thirty_steps() -> None:
    assert run(100, derandomize=True) > 1000
    for name in ("confirm", "move", "cancel", "offer", "accept", "message"):
        assert Histories.happened[name] > 0, f"no history has a {name}"


def test_whoever_booked_elsewhere_cannot_accept_what_was_offered_before(
    application: Application,
) -> None:
    keep_one_counsellor(application)
    line, booking = application.waiting_list, application.booking
    line.join("here", "centre", "logement", Wish(), SHARING)
    place = line.place_of("here")
    assert place is not None
    assert place.offered_id is not None
    free = application.slots.offer("centre", DEFAULT_REASON, Wish()).proposal.slots
    held = booking.hold("elsewhere", "centre", "logement", free[0].start)
    booking.confirm(held.id, "elsewhere", "logement", SHARING)

    with pytest.raises(NotAllowed):
        line.accept(place.offered_id)


def test_a_number_given_late_does_not_send_the_same_e_mail_again(application: Application) -> None:
    keep_one_counsellor(application)
    (start, *_) = application.slots.offer("centre", DEFAULT_REASON, Wish()).proposal.slots
    held = application.booking.hold("lina", "centre", "logement", start.start)
    mine = Sharing(Contact(email="lina@example.org"), "Lina")
    application.booking.confirm(held.id, "lina", "logement", mine)
    post = application.post = NullPost()
    application.notifier.send_due()

    application.booking.add_contact("lina", Contact("+33639980001"), "Lina")
    application.notifier.send_due()

    assert [mail.to for mail in post.sent].count("lina@example.org") == 1


def keep_one_counsellor(application: Application) -> None:
    nadia = make_counsellor()
    openings = make_openings(nadia, time(9), time(17))
    keep(application.store, [make_organisation(), make_site(), nadia, *openings])
