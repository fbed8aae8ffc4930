namespace Seal.Ledger.Embedded;

/// <summary>The private PostgreSQL cluster cannot be made, started or stopped; the message says in a sentence why and how to mend it.</summary>
/// <param name="message">The sentence.</param>
/// <param name="inner">The cause, if another exception.</param>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it is for want of room on its disk.</summary>
    public bool IsDiskFull { get; init; }
}
