using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Apps;

/// <summary>
/// Lets an app of the owner sign with a seal, by a key in the organisation's own HSM: the HSM makes the key and signs a certification request
/// with it, the service certifies it. The grant ends as any holder's right does (<see cref="WithdrawAuthorisation"/>, <see cref="UnbindUkey"/>).
/// </summary>
/// <param name="Seal">The seal.</param>
/// <param name="App">The app, of the same organisation.</param>
/// <param name="Until">Until when (UTC).</param>
/// <param name="SerialNumber">The HSM's serial number, as its maker gave it.</param>
/// <param name="Model">The HSM's model, as its maker names it.</param>
/// <param name="Request">The PKCS#10 certification request (RFC 2986), DER in base64; its subject's serialNumber is the HSM's.</param>
public sealed record GrantSealToApp(SealId Seal, AppId App, DateTimeOffset Until, string SerialNumber, string Model, string Request) : ICommand<GrantSealToApp>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.OwnerSide)
    {
        NeedsProof = true,
        Unknown = SealRejections.SealUnknown,
    };

    private HoldingId Right => HoldingId.Of(Seal, App.AsHolder);

    private StreamId Token => UkeyToken.StreamOf(Model, SerialNumber);

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        IEnumerable<StreamId> own =
        [
            known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream,
            App.Stream,
            Right.Stream,
            Right.OnUkey.Stream,
            known.Get<Holding>(Right.OnUkey.Stream).Certificate.Stream,
        ];
        return UkeyToken.IsWellFormed(Model, SerialNumber)
            ? [.. own, Token, .. known.Get<UkeyToken>(Token).Bound.SelectMany(one => new[] { one.Stream, known.Get<Holding>(one.Stream).Certificate.Stream })]
            : own;
    }

    /// <inheritdoc/>
    public static Decision Decide(GrantSealToApp command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        if (Refuse(command, seal, states, facts) is { } refused)
        {
            return refused;
        }

        var key = command.Right.OnUkey;
        switch (facts.Outcomes.LastOrDefault(outcome => outcome is UkeyCertified or RequestUnfit))
        {
            case null:
                return Decision.First(new CertifyUkey(
                    key, command.Seal, seal.Organisation, command.SerialNumber, command.Request, seal.Edition + 1, seal.Signers.Remove(key.Value), seal.ValidUntil));
            case RequestUnfit unfit:
                return RequestRejections.Of(unfit.Code);
        }

        var certified = facts.Outcome<UkeyCertified>()!;
        var holder = command.App.AsHolder;
        return Decision.Of(command.Right.Stream, new SealGranted(command.Seal, holder, command.App, facts.Now, command.Until, facts.Actor.Person))
            .And(key.Stream, new UkeyBound(
                command.Seal, holder, facts.Now, command.Until, certified.Certificate, command.SerialNumber, command.Model, certified.Algorithm, seal.Edition + 1))
            .And(certified.Certificate.Stream, new CertificateIssued(command.Seal, key, holder, certified.Algorithm, certified.CertificateDigest, certified.NotAfter, certified.Issuer))
            .And(command.Seal.Stream, new EditionMade(seal.Edition + 1, certified.EditionDigest, seal.Signers.SetItem(key.Value, certified.Certificate)))
            .And(command.Token, new TokenBound(key, holder, seal.Organisation));
    }

    private static Rejection? Refuse(GrantSealToApp command, ElectronicSeal seal, States states, Facts facts)
    {
        var app = states.Get<App>(command.App.Stream);
        var right = states.Get<Holding>(command.Right.Stream);
        var bound = states.Get<Holding>(command.Right.OnUkey.Stream);
        var certificate = states.Get<Certificate>(bound.Certificate.Stream);
        return command switch
        {
            _ when seal.WhyNotUsable(facts.Now) is { } refused => refused,
            _ when !app.IsRegistered => AppRejections.AppUnknown,
            _ when app.Organisation != seal.Organisation => AppRejections.AppOfOther,
            _ when command.Until <= facts.Now => HoldingRejections.PeriodMalformed,
            _ when !UkeyToken.IsWellFormed(command.Model, command.SerialNumber) => UkeyRejections.UkeyMalformed,
            // A suspension is not to be got round with another key.
            _ when right.Status == HoldingStatus.Claimed && certificate.Status == CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
            _ when right.IsLive(facts.Now) && bound.Status == HoldingStatus.Claimed && certificate.IsInForce(facts.Now) => AppRejections.AlreadyGranted,
            _ when states.Get<UkeyToken>(command.Token).ServesOther(seal.Organisation, states, facts.Now) => UkeyRejections.UkeyOfOther,
            _ => null,
        };
    }
}

/// <summary>An app may sign with a seal.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Person">The number under which the app holds it.</param>
/// <param name="App">The app.</param>
/// <param name="From">From when it may be used (UTC).</param>
/// <param name="Until">Until when it may be used (UTC).</param>
/// <param name="By">Who granted it.</param>
[EventName("holding.granted")]
public sealed record SealGranted(SealId Seal, PersonId Person, AppId App, DateTimeOffset From, DateTimeOffset Until, PersonId By) : IEvent;
