"""The grants of the sandbox's token endpoint, by grant_type; its metadata names these and no others."""

from console.sandbox.idp.grants import client_credentials
from console.sandbox.idp.grants.base import SandboxGrant

GRANTS: dict[str, SandboxGrant] = {grant.grant_type: grant for grant in (client_credentials.GRANT,)}
