using System.Security.Cryptography;

namespace Seal.Ledger.Tests;

public sealed class NoteTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private readonly EcdsaNoteKey _first = new("log.example/a");
    private readonly EcdsaNoteKey _second = new("log.example/b");

    [Fact]
    public void The_published_checkpoint_is_read()
    {
        var note = SignedNote.Parse(
            $"example.com/behind-the-sofa\n20852163\n{Root}\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n");
        (var origin, var head) = TreeHead.ParseCheckpointText(note.Text);

        origin.ShouldBe("example.com/behind-the-sofa");
        head.Size.ShouldBe(20852163);
        note.Signatures.Single().KeyId.ShouldBe(0x033de0aeu);
        note.Signatures.Single().Signature.Length.ShouldBe(64);
        head.ToCheckpointText(origin).ShouldBe(note.Text);
    }

    [Fact]
    public void A_key_id_is_what_other_implementations_compute() =>
        SignedNote.KeyId("PeterNeumann", SignedNote.Ed25519, Convert.FromBase64String("GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=")).ShouldBe(0xc74f20a3u);

    [Fact]
    public void A_note_with_two_signatures_is_believed_by_who_trusts_either_key()
    {
        var note = SignedNote.Parse(SignedNote.Sign("text\n", [_first, _second]).ToString());
        note.Verify([_first]).Single().Name.ShouldBe(_first.Name);
        note.Verify([_second, _first]).Count.ShouldBe(2);
    }

    [Fact]
    public void A_note_that_no_trusted_key_signed_is_not_believed() =>
        Should.Throw<CryptographicException>(() => SignedNote.Sign("text\n", [_first]).Verify([_second]));

    [Fact]
    public void A_changed_text_is_not_believed() =>
        Should.Throw<CryptographicException>(() => (SignedNote.Sign("text\n", [_first, _second]) with { Text = "another\n" }).Verify([_first]));

    [Fact]
    public void A_checkpoint_of_another_log_is_not_believed()
    {
        var note = SignedNote.Sign(new TreeHead(5, new byte[32]).ToCheckpointText("log.example/a"), [_first]).ToString();
        SignedCheckpoint.Verify(note, "log.example/a", [_first]).Head.Size.ShouldBe(5);
        Should.Throw<FormatException>(() => SignedCheckpoint.Verify(note, "log.example/b", [_first]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name !!!!\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("te\txt\n\n— name AAAAAAA=\n")]
    public void What_is_no_note_is_refused(string text) => Should.Throw<FormatException>(() => SignedNote.Parse(text));

    [Theory]
    [InlineData("log\n1\n")]
    [InlineData("log\n01\n" + Root + "\n")]
    [InlineData("log\n-1\n" + Root + "\n")]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("log\n\n1\n" + Root + "\n")]
    [InlineData("log\n1\n" + Root)]
    public void What_is_no_checkpoint_is_refused(string text) => Should.Throw<FormatException>(() => TreeHead.ParseCheckpointText(text));
}
