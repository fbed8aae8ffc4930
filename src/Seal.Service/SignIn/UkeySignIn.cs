using Seal.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Domain.Apps;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Problems;
using Seal.Tokens;
using CertificateState = Seal.Domain.Certificates.Certificate;
using X509 = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.SignIn;

/// <summary>A token's answer to a challenge.</summary>
/// <param name="Certificate">The certificate on the token, DER in base64.</param>
/// <param name="Challenge">The challenge, in base64 as it was given out.</param>
/// <param name="Signature">The token's signature over it, in base64: over the words of <see cref="DeviceChallenge"/> and the challenge; ECDSA and SM2 as DER.</param>
public sealed record UkeySignInRequest(string Certificate, string Challenge, string Signature);

/// <summary>
/// Sign-in with a Ukey, or as an app with the key in its organisation's HSM. Whose it is, the ledger says: the certificate is one that it has, byte for byte, for a holding on a Ukey that is
/// still claimed. No chain is built, so an authority's stolen key signs nobody in.
/// </summary>
public sealed class UkeySignIn(SignInChallenges challenges, StreamLoader loader, Accounts accounts, TimeProvider clock)
{
    /// <summary>Who answers a challenge.</summary>
    /// <exception cref="ProblemException">Nobody who may sign in.</exception>
    public async Task<PersonId> AnswerAsync(UkeySignInRequest answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var certificate = Read(Bytes(answer.Certificate, "certificate"));
        var signature = Bytes(answer.Signature, "signature");
        var challenge = Bytes(answer.Challenge, "challenge");
        if (!await challenges.TakeAsync(challenge, cancellation))
        {
            throw new ProblemException(RequestProblems.ChallengeUnknown);
        }

        var holding = await HoldingAsync(certificate, cancellation);
        return Signatures.AlgorithmOf(certificate.SubjectPublicKeyInfo) is { } algorithm && DeviceChallenge.Verify(algorithm, certificate.SubjectPublicKeyInfo, challenge, signature)
            ? holding.Person
            : throw new ProblemException(RequestProblems.AnswerInvalid);
    }

    /// <summary>The account of whoever signed in so, if there is one.</summary>
    public async Task<string?> AccountAsync(PersonId person, CancellationToken cancellation) => (await accounts.OfPersonAsync(person, cancellation)).Order(StringComparer.Ordinal).FirstOrDefault();

    private async Task<Holding> HoldingAsync(X509 certificate, CancellationToken cancellation)
    {
        var id = CertificateDesk.IdOf(certificate);
        var states = await loader.LoadAsync([id.Stream], States.None, Ledger.ReadUntil.All, cancellation);
        var known = states.Get<CertificateState>(id.Stream);
        if (known.Digest != CertificateDesk.DigestOf(certificate))
        {
            throw new ProblemException(RequestProblems.SignInCertificateUnknown);
        }

        states = await loader.LoadAsync([known.Holding.Stream], states, Ledger.ReadUntil.All, cancellation);
        var holding = states.Get<Holding>(known.Holding.Stream);
        var app = AppId.Behind(holding.Person);
        states = await loader.LoadAsync([app?.Stream ?? holding.Person.Stream], states, Ledger.ReadUntil.All, cancellation);
        var isKnown = app is { } one ? states.Get<App>(one.Stream).IsRegistered : states.Get<Person>(holding.Person.Stream).IsRegistered;
        return holding.Medium == Medium.Ukey && holding.Status == HoldingStatus.Claimed && holding.Certificate == id
            && known.IsInForce(clock.GetUtcNow()) && isKnown
            ? holding
            : throw new ProblemException(RequestProblems.SignInCertificateNotInForce);
    }

    private static X509 Read(byte[] der)
    {
        try
        {
            return X509.Parse(der);
        }
        catch (DerFormatException)
        {
            throw new ProblemException(RequestProblems.InvalidField("certificate"));
        }
    }

    private static byte[] Bytes(string base64, string field)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length > 0
            ? bytes[..length]
            : throw new ProblemException(RequestProblems.InvalidField(field));
    }
}
