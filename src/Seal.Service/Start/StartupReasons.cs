using System.Net.Sockets;
using Npgsql;
using Seal.Documents.Impressions;
using Seal.Ledger;
using Seal.Ledger.Embedded;
using Seal.Tokens;

namespace Seal.Service.Start;

/// <summary>Says in one sentence why the service could not start, and how to mend it.</summary>
public static class StartupReasons
{
    /// <summary>The exception to end the start with.</summary>
    public static Exception Explain(Exception failed) => failed switch
    {
        StartupException or OperationCanceledException => failed,
        EmbeddedPostgresException postgres => new StartupException(postgres.Message, postgres),
        NpgsqlException { InnerException: SocketException } unreachable =>
            new StartupException("PostgreSQL does not answer at Seal:Ledger:ConnectionString: check host, port and whether it runs.", unreachable),
        PostgresException refused => new StartupException($"PostgreSQL refuses ({refused.MessageText}): check the roles and rights in Seal:Ledger.", refused),
        TokenException token => new StartupException($"{token.Message} Check Seal:Token.", token),
        ImpressionException { Code: ImpressionProblem.FontNotFound } font => new StartupException($"{font.Message} Type: apt-get install fonts-arphic-gbsn00lp", font),
        LedgerException ledger => new StartupException(ledger.Message, ledger),
        IOException or UnauthorizedAccessException => new StartupException($"The data folder cannot be used: {failed.Message}", failed),
        _ => failed,
    };
}
