using System.CommandLine;
using Seal.Cli.Ukey;

namespace Seal.Cli;

/// <summary><c>seal ukey</c>: a holder's token (PKCS#11 or SKF): look at it, bind it to a seal, sign with it.</summary>
internal static class UkeyCommand
{
    public static Command Create() => new("ukey", $"Works with a Ukey, a token that holds the key of a seal. {UkeyRun.ExitCodesTold}")
    {
        List(), Info(), Enrol(), Bind(), Unbind(), Pin(), Unlock(), Sign(), Request(), Import(),
    };

    private static Command List()
    {
        var options = new UkeyOptions();
        var command = new Command("list", "Lists the tokens that are there.");
        options.AddLibraryTo(command);
        command.SetAction((parsed, _) => UkeyRun.AsAsync(() => Now(() => TokenCare.List(options.TokenOf(parsed)))));
        return command;
    }

    private static Command Info()
    {
        var options = new UkeyOptions();
        var seal = new Option<string?>("--seal") { Description = "Tell of the certificate for this seal as well.", HelpName = "SEAL" };
        var command = new Command("info", "Tells what a token is.") { seal };
        options.AddTo(command, withPin: false, withService: false);
        command.SetAction((parsed, _) => UkeyRun.AsAsync(() => Now(() => TokenCare.Tell(options.TokenOf(parsed), parsed.GetValue(seal)))));
        return command;
    }

    private static Command Enrol()
    {
        var options = new UkeyOptions();
        var command = new Command("enrol", "Makes a key on the token and binds it to your holding of a seal.") { options.Seal };
        options.AddAlgorithmTo(command);
        options.AddTo(command, withPin: true, withService: true);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() =>
            Enrolment.EnrolAsync(options.TokenOf(parsed), options.ServiceOf(parsed), parsed.GetRequiredValue(options.Seal), options.AlgorithmOf(parsed), cancellation)));
        return command;
    }

    private static Command Bind()
    {
        var options = new UkeyOptions();
        var command = new Command("bind", "Binds the key that the token already has for a seal to your holding of it.") { options.Seal };
        options.AddAlgorithmTo(command);
        options.AddTo(command, withPin: true, withService: true);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() =>
            Enrolment.BindAsync(options.TokenOf(parsed), options.ServiceOf(parsed), parsed.GetRequiredValue(options.Seal), options.AlgorithmOf(parsed), cancellation)));
        return command;
    }

    private static Command Unbind()
    {
        var options = new UkeyOptions();
        var person = new Option<string?>("--person") { Description = "Whose holding; by default your own.", HelpName = "PERSON" };
        var lost = new Option<bool>("--lost") { Description = "The token is lost, or in other hands." };
        var command = new Command("unbind", "Takes the token off a holding and has its certificate revoked.") { options.Seal, person, lost };
        options.AddServiceTo(command);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() => Enrolment.UnbindAsync(
            options.ServiceOf(parsed), parsed.GetRequiredValue(options.Seal), parsed.GetValue(person), parsed.GetValue(lost), cancellation)));
        return command;
    }

    private static Command Pin()
    {
        var options = new UkeyOptions();
        var fresh = UkeyOptions.SecretFile("--new-pin-file", "new PIN");
        var command = new Command("pin", "Changes the token's PIN.") { fresh };
        options.AddTo(command, withPin: true, withService: false);
        command.SetAction((parsed, _) => UkeyRun.AsAsync(() => Now(() => TokenCare.ChangePin(options.TokenOf(parsed), parsed.GetValue(fresh)))));
        return command;
    }

    private static Command Unlock()
    {
        var options = new UkeyOptions();
        var officer = UkeyOptions.SecretFile("--officer-pin-file", "security officer's PIN");
        var fresh = UkeyOptions.SecretFile("--new-pin-file", "new PIN");
        var command = new Command("unlock", "Sets a new PIN with the security officer's, where the old one is locked or forgotten.") { officer, fresh };
        options.AddTo(command, withPin: false, withService: false);
        command.SetAction((parsed, _) => UkeyRun.AsAsync(() => Now(() => TokenCare.Unlock(options.TokenOf(parsed), parsed.GetValue(officer), parsed.GetValue(fresh)))));
        return command;
    }

    private static Command Sign()
    {
        var options = new UkeyOptions();
        var file = new Argument<string>("FILE") { Description = "The document to seal, PDF or OFD; it stays as it is." };
        var output = new Option<string?>("--out") { Description = "Where the sealed file goes; by default FILE with -sealed before its ending.", HelpName = "FILE" };
        var seal = new Option<string>("--seal") { Description = "The seal's number.", HelpName = "SEAL", Required = true };
        var page = new Option<int>("--page") { Description = "The page, from 1; 0 when only --further says where.", DefaultValueFactory = _ => 1 };
        var x = new Option<decimal>("--x") { Description = "The impression's left edge from the page's left edge, in millimetres.", HelpName = "MM", Required = true };
        var y = new Option<decimal>("--y") { Description = "The impression's upper edge from the page's upper edge, in millimetres.", HelpName = "MM", Required = true };
        var further = new Option<string?>("--further") { Description = "Further places of the same seal, a JSON array as in docs/sealing.md, such as [{\"kind\":\"edges\",\"edge\":\"right\",\"centreMm\":150}].", HelpName = "JSON" };
        var certify = new Option<int?>("--certify") { Description = "Close the document: 1 allows no change after it; a PDF's first seal may also say 2, forms and signatures, or 3, also annotations.", HelpName = "LEVEL" };
        var command = new Command("sign", "Seals a document with the key on the token.") { file, output, seal, page, x, y, further, certify };
        options.AddTo(command, withPin: true, withService: true);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() =>
        {
            var source = parsed.GetRequiredValue(file);
            var sealedFile = parsed.GetValue(output) ?? Path.Combine(Path.GetDirectoryName(source) ?? "", $"{Path.GetFileNameWithoutExtension(source)}-sealed{Path.GetExtension(source)}");
            var asked = new UkeySealRequest(source, sealedFile, parsed.GetRequiredValue(seal), parsed.GetValue(page), parsed.GetValue(x), parsed.GetValue(y), parsed.GetValue(further), parsed.GetValue(certify));
            return UkeySigning.SignAsync(options.TokenOf(parsed), options.ServiceOf(parsed), asked, cancellation);
        }));
        return command;
    }

    private static Command Request()
    {
        var options = new UkeyOptions();
        var label = Label();
        var command = new Command("request", "Makes a key on the token, unless it has one of this label, and prints a certification request for it, to order a certificate with.") { label };
        options.AddAlgorithmTo(command);
        options.AddTo(command, withPin: true, withService: false);
        command.SetAction((parsed, _) => UkeyRun.AsAsync(() => Now(() => EncryptionKeyImport.Request(options.TokenOf(parsed), parsed.GetRequiredValue(label), options.AlgorithmOf(parsed)))));
        return command;
    }

    private static Command Import()
    {
        var options = new UkeyOptions();
        var label = Label();
        var certificate = new Option<string>("--certificate") { Description = "The serial number of the signing certificate of the pair.", HelpName = "SERIAL", Required = true };
        var command = new Command("import", "Brings the encryption key of a pair of certificates to the token that has the signing key, and writes both certificates.") { label, certificate };
        options.AddTo(command, withPin: true, withService: true);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() => EncryptionKeyImport.ImportAsync(
            options.TokenOf(parsed), options.ServiceOf(parsed), parsed.GetRequiredValue(label), parsed.GetRequiredValue(certificate), cancellation)));
        return command;
    }

    private static Argument<string> Label() => new("LABEL") { Description = "The label of the key pair on the token." };

    private static Task Now(Action work)
    {
        work();
        return Task.CompletedTask;
    }
}
