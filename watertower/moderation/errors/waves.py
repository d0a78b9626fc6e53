"""What can be refused about waves."""

from watertower.base.errors import Conflict, Invalid, NotFound


class WaveNotFound(NotFound):
    """There is no such wave."""

    says = "There is no such wave"


class WaveBusy(Conflict):
    """A decision is being carried out."""

    says = "A decision about this wave is being carried out"


class NothingDecided(Invalid):
    """Nothing was chosen."""

    says = "Choose what is to happen"


class ServersNotYours(Invalid):
    """The role does not allow decisions about servers."""

    says = "Your role does not decide about servers"
