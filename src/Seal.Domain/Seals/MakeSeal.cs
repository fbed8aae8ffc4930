using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Seals;

/// <summary>Makes an approved seal: fixes its code, its impression and its validity.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Code">The 13-digit seal code 印章编码.</param>
public sealed record MakeSeal(SealId Seal, string Code) : ICommand<MakeSeal>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.Maker) { Unknown = SealRejections.SealUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) =>
        [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, Reservations.SealCode(Code)];

    /// <inheritdoc/>
    public static Decision Decide(MakeSeal command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var organisation = states.Get<Organisation>(seal.Organisation.Stream);
        var refused = command switch
        {
            _ when command.Code.Length != 13 || !command.Code.All(char.IsAsciiDigit) => SealRejections.SealCodeMalformed,
            _ when seal.Status == SealStatus.Revoked => SealRejections.SealRevoked,
            _ when seal.Status != SealStatus.Approved => SealRejections.SealNotApproved,
            _ when states.Get<Reservation>(Reservations.SealCode(command.Code)).Taken => SealRejections.SealCodeTaken,
            _ when facts.Outcome<ImpressionImpossible>() is { } impossible => SealRejections.ImpressionImpossible.With("why", impossible.Why),
            _ => null,
        };
        if (refused is not null)
        {
            return refused;
        }

        if (facts.Outcome<ImpressionDrawn>() is not { } drawn)
        {
            return Decision.First(new DrawImpression(
                command.Seal, seal.Kind, seal.Organisation, organisation.Name, organisation.LegalRepresentative, command.Code, seal.EnglishName));
        }

        var until = facts.Now.AddYears(facts.Settings.TermYears);
        return Decision.Of(command.Seal.Stream, new SealMade(command.Code, drawn.Digest, drawn.WidthMm, drawn.HeightMm, facts.Now, until))
            .And(Reservations.SealCode(command.Code), new NameTaken(command.Seal.Value));
    }
}

/// <summary>A seal is made 制作完成.</summary>
/// <param name="Code">The 13-digit seal code.</param>
/// <param name="ImpressionDigest">SHA-256 (hex) of the impression's vector picture.</param>
/// <param name="WidthMm">The impression's width in millimetres.</param>
/// <param name="HeightMm">The impression's height in millimetres.</param>
/// <param name="ValidFrom">From when the seal is valid (UTC).</param>
/// <param name="ValidUntil">Until when the seal is valid (UTC).</param>
[EventName("seal.made")]
public sealed record SealMade(string Code, string ImpressionDigest, decimal WidthMm, decimal HeightMm, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil) : IEvent;

/// <summary>Draw a seal's impression from its data and keep it.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Kind">What kind of seal it is, which decides shape, size and bottom line.</param>
/// <param name="Organisation">The owner's credit code (an invoice seal shows it).</param>
/// <param name="Name">The owner's registered name, to be laid along the arc.</param>
/// <param name="LegalRepresentative">Whose name a legal representative's seal shows; the host finds it in the vault.</param>
/// <param name="Code">The 13-digit seal code.</param>
/// <param name="EnglishName">The English name on a bilingual seal.</param>
public sealed record DrawImpression(
    SealId Seal, SealKind Kind, OrganisationId Organisation, string Name, PersonId LegalRepresentative, string Code, string? EnglishName = null) : IEffect;

/// <summary>The impression is drawn and kept.</summary>
/// <param name="Digest">SHA-256 (hex) of the vector picture.</param>
/// <param name="WidthMm">Its width in millimetres.</param>
/// <param name="HeightMm">Its height in millimetres.</param>
public sealed record ImpressionDrawn(string Digest, decimal WidthMm, decimal HeightMm) : IOutcome;

/// <summary>The impression cannot be drawn.</summary>
/// <param name="Why">What stands against it: a stable code, e.g. of a name too long or a character that the font lacks.</param>
public sealed record ImpressionImpossible(string Why) : IOutcome;
