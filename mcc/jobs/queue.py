"""Putting work into the queue, in the transaction of the one who asks for it: no commit, no job."""

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlmodel import Session

QUEUE = "issue"
ISSUE_WORKFLOW = "issue_certificate"
STEPS_VERSION = "1"
"""Raised when the order of the steps changes: a job goes on only under the version it began with."""


def create_tables(url: str) -> None:
    """The engine's own tables, in our database, before anything is put into the queue."""
    DBOS.migrate(url)


def job_key(application_id: int, attempt: int, *, issued: int = 0) -> str:
    """Names a job. The engine takes no second one of the same name: nothing is begun twice, whoever asks again.

    `issued` is how many certificates the application has already: after an appeal or a change there is another one to issue.
    """
    certificate = f"issue-{application_id}" if issued == 0 else f"issue-{application_id}.{issued}"
    return certificate if attempt == 0 else f"{certificate}-{attempt}"


class IssueQueue:
    def __init__(self, url: str) -> None:
        self._client = DBOSClient(system_database_url=url, serializer=DBOSPortableJSONSerializer())

    def enqueue_issue(
        self, session: Session, application_id: int, *, attempt: int = 0, issued: int = 0
    ) -> None:
        self._client.enqueue_in_transaction(
            session.connection(),
            {
                "queue_name": QUEUE,
                "workflow_name": ISSUE_WORKFLOW,
                "workflow_id": job_key(application_id, attempt, issued=issued),
                "app_version": STEPS_VERSION,
            },
            application_id,
        )
