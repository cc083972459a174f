"""Members of the staff, signed in."""

from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import User
from energo_cabinet.settings import get_settings


def signed_in(session, who):
    return open_session(session, who, session.get(User, who.user), True, get_settings())
