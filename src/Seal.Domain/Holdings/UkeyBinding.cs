using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>
/// A key outside the service that is to sign with a seal, a holder's on a token or an app's in an HSM: what stands for it is read, the key
/// certified on its request, and listed in a new edition.
/// </summary>
/// <param name="Key">The holding on the token.</param>
/// <param name="Model">The token's model, as its maker names it.</param>
/// <param name="SerialNumber">The token's serial number, as its maker gave it.</param>
/// <param name="Request">The PKCS#10 certification request (RFC 2986), DER in base64.</param>
internal sealed record UkeyBinding(HoldingId Key, string Model, string SerialNumber, string Request)
{
    /// <summary>Whether the token may call itself so.</summary>
    public bool IsWellFormed => UkeyToken.IsWellFormed(Model, SerialNumber);

    private StreamId Token => UkeyToken.StreamOf(Model, SerialNumber);

    /// <summary>The streams it is decided by: the key there is, and whom else the token serves.</summary>
    public IEnumerable<StreamId> Reads(States known)
    {
        IEnumerable<StreamId> own = [Key.Stream, known.Get<Holding>(Key.Stream).Certificate.Stream];
        return IsWellFormed
            ? [.. own, Token, .. known.Get<UkeyToken>(Token).Bound.SelectMany(one => new[] { one.Stream, known.Get<Holding>(one.Stream).Certificate.Stream })]
            : own;
    }

    /// <summary>The holdings whose keys on the token are in force.</summary>
    public IEnumerable<Holding> Serves(States states, DateTimeOffset now) => states.Get<UkeyToken>(Token).Bound
        .Select(id => states.Get<Holding>(id.Stream))
        .Where(holding => holding.Status == HoldingStatus.Claimed
            && UkeyToken.StreamOf(holding.Model, holding.Device) == Token
            && states.Get<Certificate>(holding.Certificate.Stream).IsLive(now));

    /// <summary>Whether the token serves another organisation than a seal's.</summary>
    public bool ServesOther(ElectronicSeal seal, States states, DateTimeOffset now) =>
        states.Get<UkeyToken>(Token).Organisation != seal.Organisation && Serves(states, now).Any();

    /// <summary>Has the key certified, then binds it.</summary>
    /// <param name="id">The seal.</param>
    /// <param name="seal">Its state.</param>
    /// <param name="right">The right that the key is to serve: whose, from when, until when.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="first">What happens before it.</param>
    public Decision Decide(SealId id, ElectronicSeal seal, (PersonId Person, DateTimeOffset From, DateTimeOffset Until) right, Facts facts, params IEnumerable<StreamEvent> first)
    {
        var edition = seal.Edition + 1;
        switch (facts.Outcomes.LastOrDefault(outcome => outcome is UkeyCertified or RequestUnfit))
        {
            case null:
                return Decision.First(new CertifyUkey(Key, id, seal.Organisation, SerialNumber, Request, edition, seal.Signers.Remove(Key.Value), seal.ValidUntil));
            case RequestUnfit unfit:
                return RequestRejections.Of(unfit.Code);
        }

        var certified = facts.Outcome<UkeyCertified>()!;
        return Decision.Of(first)
            .And(Key.Stream, new UkeyBound(id, right.Person, right.From, right.Until, certified.Certificate, SerialNumber, Model, certified.Algorithm, edition))
            .And(certified.Certificate.Stream, new CertificateIssued(id, Key, right.Person, certified.Algorithm, certified.CertificateDigest, certified.NotAfter, certified.Issuer))
            .And(id.Stream, new EditionMade(edition, certified.EditionDigest, seal.Signers.SetItem(Key.Value, certified.Certificate)))
            .And(Token, new TokenBound(Key, right.Person, seal.Organisation));
    }
}
