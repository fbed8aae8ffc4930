using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;

namespace Seal.Service.Timestamps;

/// <summary>Whether an authority answered what it was asked, and may be believed.</summary>
public static class TimestampAnswers
{
    /// <summary>Length of the random nonces asked with, in bytes.</summary>
    public const int NonceSize = 16;

    /// <summary>The token of an answer, once everything about it holds.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="trustAnchors">Whom this service trusts.</param>
    /// <param name="who">The authority, for messages.</param>
    /// <exception cref="TimestampException">It is a refusal, answers something else, or does not verify.</exception>
    public static TimestampToken Verified(TimestampResponse answer, TimestampRequest request, IReadOnlyCollection<Certificate> trustAnchors, string who)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(request);
        if (answer.Token is not { } token)
        {
            throw new TimestampException($"No time stamp from {who}: status {answer.Status}, {answer.Failure?.ToString() ?? "no reason given"}. {answer.Text}".TrimEnd());
        }

        if (token.Info.Nonce != request.Nonce)
        {
            throw new TimestampException($"The time stamp of {who} answers another request: its nonce is not the one sent.");
        }

        if (request.Policy is { } policy && policy != token.Info.Policy)
        {
            throw new TimestampException($"The time stamp of {who} is under the policy {token.Info.Policy}, not {policy}.");
        }

        var asked = request.MessageImprint;
        if (token.Info.MessageImprint.Algorithm != asked.Algorithm)
        {
            throw new TimestampException($"The time stamp of {who} is over another kind of digest ({token.Info.MessageImprint.AlgorithmOid}).");
        }

        var found = token.Verify(asked.Digest.Span, [], trustAnchors, RevocationEvidence.NotRequired);
        return found.IsOk
            ? token
            : throw new TimestampException(
                $"The time stamp of {who} does not verify ({found.Status}{(found.Path is { } path ? $", {path.Status} at {path.Concerning}" : "")}). If its root is missing, put it into the folder Seal:Documents:TrustedRoots.");
    }
}
