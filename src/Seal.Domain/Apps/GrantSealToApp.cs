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

    private UkeyBinding Binding => new(Right.OnUkey, Model, SerialNumber, Request);

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) =>
        [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, App.Stream, Right.Stream, .. Binding.Reads(known)];

    /// <inheritdoc/>
    public static Decision Decide(GrantSealToApp command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var holder = command.App.AsHolder;
        return Refuse(command, seal, states, facts) is { } refused
            ? refused
            : command.Binding.Decide(
                command.Seal, seal, (holder, facts.Now, command.Until), facts,
                new StreamEvent(command.Right.Stream, new SealGranted(command.Seal, holder, command.App, facts.Now, command.Until, facts.Actor.Person)));
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
            _ when !command.Binding.IsWellFormed => UkeyRejections.UkeyMalformed,
            // A suspension is not to be got round with another key.
            _ when right.Status == HoldingStatus.Claimed && certificate.Status == CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
            _ when right.IsLive(facts.Now) && bound.Status == HoldingStatus.Claimed && certificate.IsInForce(facts.Now) => AppRejections.AlreadyGranted,
            _ when command.Binding.ServesOther(seal, states, facts.Now) => UkeyRejections.UkeyOfOther,
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
