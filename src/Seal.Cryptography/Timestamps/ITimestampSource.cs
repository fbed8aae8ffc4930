using Seal.Cryptography.Algorithms;

namespace Seal.Cryptography.Timestamps;

/// <summary>Where sealing gets its time stamps: an authority of our own or one outside.</summary>
public interface ITimestampSource
{
    /// <summary>Most bytes that a token takes: what a signature's place must leave free for it.</summary>
    int MaximumTokenSize { get; }

    /// <summary>Has a digest stamped. The token is verified already: imprint, nonce, signature and the authority's path.</summary>
    /// <param name="algorithm">How the data were hashed.</param>
    /// <param name="digest">Their digest.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TimestampException">There is no token to be had now.</exception>
    ValueTask<TimestampToken> StampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> digest, CancellationToken cancellation);
}

/// <summary>A time stamp could not be had: the authority cannot be reached, refuses, or answers what does not verify.</summary>
/// <param name="message">What is wrong and how to mend it, for operators.</param>
/// <param name="inner">The cause.</param>
public sealed class TimestampException(string message, Exception? inner = null) : Exception(message, inner);
