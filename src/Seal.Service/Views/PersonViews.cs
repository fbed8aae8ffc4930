using Seal.Domain.Applications;
using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Proofs;
using Seal.Service.SignIn;
using Seal.Service.Vault;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.Service.Views;

/// <summary>A person, as the vault has them; erased, there is the number alone.</summary>
/// <param name="Id">The person's number.</param>
/// <param name="Version">The version of the person's stream.</param>
/// <param name="Status">Where the person's data is in its life.</param>
/// <param name="Name">The name, or the one text that was given in its place.</param>
/// <param name="IdKind">The kind of identity document.</param>
/// <param name="IdNumber">Its number.</param>
/// <param name="Phone">The phone number.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record PersonNow(string Id, long Version, PersonStatus Status, string? Name, IdKind? IdKind, string? IdNumber, string? Phone, string? Email);

/// <summary>Looking at persons: themselves, and by office where a law or an application asks for it. Every look by office is recorded.</summary>
public static class PersonViews
{
    /// <summary>Maps the views.</summary>
    public static void MapPersons(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/persons/{id}", PersonAsync).RequireAuthorization().WithTags("person").WithName("PersonNow")
            .WithSummary("A person's data, for themself, a regulator, or a reviewer of an application of theirs").Takes("application").Produces<PersonNow>().RecordsLooks();
        routes.MapGet("/api/persons/{id}/export", ExportAsync).RequireAuthorization().WithTags("person").WithName("PersonExport")
            .WithSummary("Everything that is held about the person who asks")
            .WithDescription("It needs a proof of person in the header Proof-Of-Person, for the command ExportPerson on this person with the body {}.")
            .Produces<PersonDossier>()
            .MayRefuse(
                AccessProblems([AccessRejections.ProofMissing, AccessRejections.ProofForOther, AccessRejections.ProofExpired, AccessRejections.ProofSpent,
                    PersonRejections.PersonUnknown, PersonRejections.PersonErased]));
    }

    private static IReadOnlyList<Problem> AccessProblems(IEnumerable<Rejection> rejections) =>
        [RequestProblems.LedgerDiskFull, RequestProblems.ClockJump, RequestProblems.TryAgain, RequestProblems.ProofInvalid, RequestProblems.ProviderUnreachable, .. rejections.Select(Problem.From)];

    private static async Task<IResult> PersonAsync(HttpContext http, string id, StreamLoader loader, FreeTextVault texts, ViewAccess access)
    {
        var person = PersonId.From(id);
        var query = new QueryParameters(http.Request, "application");
        var application = query.Text("application") is { } named ? ApplicationId.From(named) : default;
        var mine = http.User.ToActor().Person == person;
        if (!mine)
        {
            await RequireOfficeAsync(http, person, application, loader);
        }

        var states = await loader.LoadAsync([person.Stream], States.None, ReadUntil.All, http.RequestAborted);
        if (states.VersionOf(person.Stream) == 0)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        if (!mine)
        {
            await access.RecordAsync(http, new Inquiry(InquirySubject.Person, Person: person));
        }

        var known = states.Get<Person>(person.Stream);
        var name = await FindAsync(texts, known.Name ?? known.Identity, http.RequestAborted);
        var number = await FindAsync(texts, known.IdNumber, http.RequestAborted);
        var phone = await FindAsync(texts, known.Phone, http.RequestAborted);
        var email = await FindAsync(texts, known.Email, http.RequestAborted);
        return TypedResults.Json(
            new PersonNow(id, states.VersionOf(person.Stream), known.Status, name?.Words, number?.Of, number?.Words, phone?.Words, email?.Words), DomainJson.Options);
    }

    // A reviewer sees those whose application lies before them, and nobody else; a regulator sees whom they ask for.
    private static async Task RequireOfficeAsync(HttpContext http, PersonId person, ApplicationId application, StreamLoader loader)
    {
        var offices = http.User.ToActor().Staff;
        if (offices.HasFlag(Role.Regulator))
        {
            return;
        }

        ViewAccess.Require(http, Role.Reviewer);
        if (!application.Stream.IsNone)
        {
            var states = await loader.LoadAsync([application.Stream], States.None, ReadUntil.All, http.RequestAborted);
            var of = states.Get<Application>(application.Stream).Organisation;
            if (!of.Stream.IsNone)
            {
                states = await loader.LoadAsync([of.Stream], states, ReadUntil.All, http.RequestAborted);
                if (states.Get<Organisation>(of.Stream).IsLegalRepresentative(person))
                {
                    return;
                }
            }
        }

        throw new ProblemException(RequestProblems.NotForYou);
    }

    private static async Task<IResult> ExportAsync(HttpContext http, string id, CommandPipeline commands, ProofVerifier proofs, PersonExport export)
    {
        _ = new QueryParameters(http.Request);
        var person = PersonId.From(id);
        var context = new CommandContext(http.User.ToActor(), "Online") { Proof = await proofs.ReadAsync(http.Request, [], http.RequestAborted) };
        var answer = await commands.GiveAsync(new ExportPerson(person), context, http.RequestAborted);
        return answer.Rejection is { } rejection
            ? ProblemAnswers.Answer(Problem.From(rejection), http.Request)
            : export.Answer(person, answer.Appended!.Events[0]);
    }

    private static async Task<KeptText?> FindAsync(FreeTextVault texts, Commitment? commitment, CancellationToken cancellation) =>
        commitment is { } one ? await texts.ReadAsync(one, cancellation) : null;
}
