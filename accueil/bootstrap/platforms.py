"""What stands behind messaging apps: one gateway for each account that the settings give."""

from functools import cached_property

from accueil.bootstrap.outside import Outside
from accueil.core.platforms import Platform
from accueil.gateways.messenger import MessengerGateway
from accueil.gateways.telegram import TelegramGateway
from accueil.gateways.whatsapp import WhatsAppGateway
from accueil.services.platforms import wording
from accueil.services.platforms.inbox import PlatformInbox
from accueil.services.platforms.ports import PlatformGateway
from accueil.services.platforms.sending import PlatformSending


class Platforms(Outside):
    """Messaging apps in which this instance can be reached; tests may set the gateways."""

    @cached_property
    def platform_gateways(self) -> dict[Platform, PlatformGateway]:
        """The gateways, by app."""
        accounts, found = self.settings.platforms, list[PlatformGateway]()
        if accounts.telegram is not None:
            found.append(TelegramGateway(accounts.telegram))
        if accounts.messenger is not None:
            found.append(MessengerGateway(accounts.messenger, self.clock))
        if accounts.whatsapp is not None:
            found.append(WhatsAppGateway(accounts.whatsapp, self.clock))
        return {gateway.platform: gateway for gateway in found}

    @property
    def platform_addresses(self) -> dict[str, str]:
        """Where people find us in each app: its name to its address."""
        gateways = self.platform_gateways.values()
        return {wording.NAMES[one.platform]: one.address for one in gateways}

    @cached_property
    def platform_inbox(self) -> PlatformInbox:
        """What was received, until it is answered."""
        return PlatformInbox(self.store, self.clock, self.tokens)

    @cached_property
    def platform_sending(self) -> PlatformSending:
        """What leaves for apps."""
        return PlatformSending(self.store, self.clock, self.platform_gateways)
