namespace Seal.Domain.CertificateKinds;

/// <summary>A file of certificate kinds is wrong; the message names file, line and field.</summary>
public sealed class KindFileException : Exception
{
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="cause">What was thrown, if anything was.</param>
    public KindFileException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
