"""What Dataverse prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Dataverse",
    (
        Message(
            "The user is not a member of the organization.",
            "principal-not-provisioned-in-api",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            id="0x80072560",
        ),
        Message(
            "The user with id {guid} has not been assigned any roles.",
            "principal-not-provisioned-in-api",
            Confidence.LIKELY,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            also=("resource-role-missing",),
            id="0x80042f09",
        ),
        Message(
            "Principal user (Id={guid}, type=8, roleCount=1, privilegeCount=24, accessMode='4 Non-interactive') is missing prvReadAccount privilege (Id={guid_exp}) on OTC=1 for entity 'account'.",
            "resource-role-missing",
            Confidence.LIKELY,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            also=("role-insufficient",),
            id="0x80040220",
        ),
        Message(
            "SecLib::AccessCheckEx failed. Returned hr = -2147187962, ObjectID: {guid}, OwnerId: {guid}, OwnerIdType: 8 and CallingUser: {guid}.",
            "",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            also=("resource-role-missing",),
            id="0x80040220",
        ),
        Message(
            "Access is denied.",
            "",
            Confidence.POSSIBLE,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            also=(
                "resource-role-missing",
                "role-insufficient",
            ),
            id="0x80070005",
        ),
        Message(
            "The specified user(Id = {guid}) is disabled. Consider enabling this user.",
            "principal-not-provisioned-in-api",
            Confidence.LIKELY,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            also=("application-disabled",),
            id="0x80040225",
        ),
        Message(
            "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
            "rate-or-quota-exceeded",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            id="0x80072322",
        ),
        Message(
            "Combined execution time of incoming requests exceeded limit of 1200000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.",
            "rate-or-quota-exceeded",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            id="0x80072321",
        ),
        Message(
            "Number of concurrent requests exceeded the limit of 52.",
            "rate-or-quota-exceeded",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            id="0x80072326",
        ),
        Message(
            "Resource not found for the segment 'ordres'.",
            "path-or-method-unknown",
            Confidence.CERTAIN,
            "response",
            "learn.microsoft.com Dataverse web service error codes and public issue threads (text not re-read at the source)",
            id="0x80060888",
        ),
    ),
)
