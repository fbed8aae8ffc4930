using Seal.Domain.Apps;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Inquiries;

/// <summary>Records that somebody looks by office at what is not their own, before it is shown to them.</summary>
/// <param name="Who">Who looks.</param>
/// <param name="Inquiry">At what.</param>
public sealed record RecordInquiry(PersonId Who, Inquiry Inquiry) : ICommand<RecordInquiry>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(InquiryId.StreamType, Role.System) { Creates = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new InquiryId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) =>
        [Stream(Inquiry.Organisation), Stream(Inquiry.Seal), Named(Inquiry.Person), Stream(Inquiry.Signing)];

    /// <inheritdoc/>
    public static Decision Decide(RecordInquiry command, States states, Facts facts)
    {
        var asked = command.Inquiry;

        // Whatever was typed into a filter might be a name or an identity number: only what the ledger knows already is written to it.
        var known = asked with
        {
            Organisation = Known(asked.Organisation, states),
            Seal = Known(asked.Seal, states),
            Person = asked.Person is { } person && states.VersionOf(Named(person)) == 0 ? PersonId.From(Inquiry.Unknown) : asked.Person,
            Signing = Known(asked.Signing, states),
            Region = asked.Region is null or { Length: 6 } && asked.Region?.All(char.IsAsciiDigit) != false ? asked.Region : Inquiry.Unknown,
        };
        return Decision.Of(command.Target(facts), new InquiryMade(command.Who, known)).Guarding();
    }

    // An app's number stands where a person's does.
    private static StreamId Named(PersonId? person) => person is { } holder ? AppId.Behind(holder)?.Stream ?? holder.Stream : default;

    private static StreamId Stream<TKey>(TKey? key) where TKey : struct, IKey<TKey> => key is { } named ? named.Stream : default;

    private static TKey? Known<TKey>(TKey? key, States states) where TKey : struct, IKey<TKey> =>
        key is { } named && states.VersionOf(named.Stream) == 0 ? TKey.From(Inquiry.Unknown) : key;
}

/// <summary>Somebody looked by office at what is not their own.</summary>
/// <param name="By">Who looked.</param>
/// <param name="Inquiry">At what.</param>
[EventName("inquiry.made")]
public sealed record InquiryMade(PersonId By, Inquiry Inquiry) : IEvent;
