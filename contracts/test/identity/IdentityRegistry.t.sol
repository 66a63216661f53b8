// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {IdentityRegistry} from "../../src/identity/IdentityRegistry.sol";
import {IIdentityRegistry} from "../../src/identity/IIdentityRegistry.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

contract IdentityRegistryTest is World {
    Wallet private owner = wallet("owner");
    Wallet private buyer = wallet("buyer");
    Wallet private hot = wallet("hot wallet");

    bytes private constant NOT_AUTHORIZED = abi.encodeWithSignature("Error(string)", "Not authorized");
    bytes private constant RESERVED = abi.encodeWithSignature("Error(string)", "reserved key");
    bytes private constant UNKNOWN = abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 99);

    function error_(string memory text) private pure returns (bytes memory) {
        return abi.encodeWithSignature("Error(string)", text);
    }

    function setWallet(Wallet memory by, uint256 id, uint256 deadline) private {
        setWallet(owner.addr, id, by.addr, deadline, sign(by, consent(id, by.addr, owner.addr, deadline)));
    }

    function setWallet(address sender, uint256 id, address to, uint256 deadline, bytes memory signature)
        private
    {
        vm.prank(sender);
        identity.setAgentWallet(id, to, deadline, signature);
    }

    function consent(uint256 id, address to, address of_, uint256 deadline) private view returns (bytes32) {
        bytes32 typeHash =
            keccak256("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");
        return digestIn(identity.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, id, to, of_, deadline)));
    }

    function test_identity_nameVersionAndDomain() public view {
        eq(identity.name(), "AgentIdentity", "name");
        eq(identity.symbol(), "AGENT", "symbol");
        eq(identity.getVersion(), "2.0.0", "version");
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("ERC8004IdentityRegistry"),
                keccak256("1"),
                block.chainid,
                address(identity)
            )
        );
        eq(identity.DOMAIN_SEPARATOR(), domain, "domain");
    }

    function test_identity_selectorsOfTheStandard() public view {
        check(bytes4(keccak256("register()")) == 0x1aa3a008, "register()");
        check(bytes4(keccak256("register(string)")) == 0xf2c298be, "register(string)");
        check(bytes4(keccak256("register(string,(string,bytes)[])")) == 0x8ea42286, "register(string,...)");
        check(identity.setAgentWallet.selector == 0x2d1ef5ae, "setAgentWallet");
    }

    function test_register_countsFromOne() public {
        eq(register(owner), 1, "first");
        eq(register(buyer), 2, "second");
        eq(identity.ownerOf(2), buyer.addr, "owner");
        eq(identity.getAgentWallet(2), buyer.addr, "wallet");
    }

    function test_register_emitsInOrder() public {
        IIdentityRegistry.MetadataEntry[] memory entries = new IIdentityRegistry.MetadataEntry[](1);
        entries[0] = IIdentityRegistry.MetadataEntry("did", "did:key:z6Mk");
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.Registered(1, "https://a.example/r.json", owner.addr);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MetadataSet(1, "agentWallet", "agentWallet", abi.encodePacked(owner.addr));
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MetadataSet(1, "did", "did", "did:key:z6Mk");
        vm.prank(owner.addr);
        identity.register("https://a.example/r.json", entries);
        eq(identity.tokenURI(1), "https://a.example/r.json", "URI");
        eq(identity.getMetadata(1, "did"), bytes("did:key:z6Mk"), "metadata");
    }

    function test_register_refusesTheReservedKey() public {
        IIdentityRegistry.MetadataEntry[] memory entries = new IIdentityRegistry.MetadataEntry[](1);
        entries[0] = IIdentityRegistry.MetadataEntry("agentWallet", "x");
        vm.expectRevert(RESERVED);
        identity.register("", entries);
    }

    /// A receiver that acts in its hook finds everything written, and what it does comes after.
    function test_register_runsTheReceiversHookLast() public {
        Flipper flipper = new Flipper(identity, buyer.addr);
        uint256 id = flipper.register();
        eq(identity.ownerOf(id), buyer.addr, "sold in the hook");
        eq(identity.getAgentWallet(id), address(0), "and the wallet is gone");
    }

    function test_register_refusesAContractThatTakesNoTokens() public {
        address deaf = address(new Contract1271(owner.addr));
        vm.expectRevert(abi.encodeWithSignature("ERC721InvalidReceiver(address)", deaf));
        vm.prank(deaf);
        identity.register();
        eq(register(owner), 1, "no id is spent");
    }

    function test_setAgentURI() public {
        register(owner);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.URIUpdated(1, "ipfs://new", owner.addr);
        vm.prank(owner.addr);
        identity.setAgentURI(1, "ipfs://new");
        eq(identity.tokenURI(1), "ipfs://new", "URI");
        vm.expectRevert(NOT_AUTHORIZED);
        identity.setAgentURI(1, "x");
        vm.expectRevert(UNKNOWN);
        identity.setAgentURI(99, "x");
    }

    function test_setMetadata() public {
        register(owner);
        vm.prank(owner.addr);
        identity.approve(buyer.addr, 1);
        vm.prank(buyer.addr);
        identity.setMetadata(1, "region", "eu");
        eq(identity.getMetadata(1, "region"), bytes("eu"), "by an operator");
        vm.expectRevert(NOT_AUTHORIZED);
        identity.setMetadata(1, "region", "us");
        vm.expectRevert(RESERVED);
        vm.prank(owner.addr);
        identity.setMetadata(1, "agentWallet", "x");
    }

    function test_setAgentWallet_withTheWalletsConsent() public {
        register(owner);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MetadataSet(1, "agentWallet", "agentWallet", abi.encodePacked(hot.addr));
        setWallet(hot, 1, now_() + 5 minutes);
        eq(identity.getAgentWallet(1), hot.addr, "wallet");
        eq(identity.getMetadata(1, "agentWallet"), abi.encodePacked(hot.addr), "metadata");
        (address walletNow, uint32 epoch) = identity.agentWalletAndEpoch(1);
        eq(walletNow, hot.addr, "one read");
        eq(epoch, 0, "epoch");
    }

    function test_setAgentWallet_ofAContractAndOfAKeyWithDelegatedCode() public {
        register(owner);
        address safe = address(new Contract1271(hot.addr));
        uint256 deadline = now_() + 1;
        setWallet(owner.addr, 1, safe, deadline, sign(hot, consent(1, safe, owner.addr, deadline)));
        eq(identity.getAgentWallet(1), safe, "contract");
        vm.etch(hot.addr, hex"ef0100000000000000000000000000000000000000beef");
        setWallet(hot, 1, deadline);
        eq(identity.getAgentWallet(1), hot.addr, "delegated");
    }

    /// The consent names the agent's owner, whoever brings it.
    function test_setAgentWallet_byOperators() public {
        register(owner);
        vm.prank(owner.addr);
        identity.setApprovalForAll(buyer.addr, true);
        uint256 deadline = now_();
        bytes memory toTheOperator = sign(hot, consent(1, hot.addr, buyer.addr, deadline));
        vm.expectRevert(error_("invalid wallet sig"));
        setWallet(buyer.addr, 1, hot.addr, deadline, toTheOperator);
        setWallet(buyer.addr, 1, hot.addr, deadline, sign(hot, consent(1, hot.addr, owner.addr, deadline)));
        eq(identity.getAgentWallet(1), hot.addr, "by an operator");
        vm.startPrank(owner.addr);
        identity.setApprovalForAll(buyer.addr, false);
        identity.approve(buyer.addr, 1);
        vm.stopPrank();
        setWallet(
            buyer.addr, 1, owner.addr, deadline, sign(owner, consent(1, owner.addr, owner.addr, deadline))
        );
        eq(identity.getAgentWallet(1), owner.addr, "by the approved");
    }

    function test_setAgentWallet_refusals() public {
        register(owner);
        uint256 deadline = now_() + 5 minutes;
        bytes memory good = sign(hot, consent(1, hot.addr, owner.addr, deadline));
        vm.expectRevert(error_("bad wallet"));
        setWallet(owner.addr, 1, address(0), deadline, good);
        vm.expectRevert(error_("expired"));
        setWallet(owner.addr, 1, hot.addr, now_() - 1, good);
        vm.expectRevert(error_("deadline too far"));
        setWallet(owner.addr, 1, hot.addr, deadline + 1, good);
        vm.expectRevert(NOT_AUTHORIZED);
        setWallet(buyer.addr, 1, hot.addr, deadline, good);
        vm.expectRevert(UNKNOWN);
        setWallet(owner.addr, 99, hot.addr, deadline, good);
        vm.expectRevert(error_("invalid wallet sig"));
        setWallet(owner.addr, 1, buyer.addr, deadline, good);
        vm.expectRevert(error_("invalid wallet sig"));
        setWallet(owner.addr, 1, hot.addr, deadline - 1, good);
    }

    /// The owner is in what the wallet signed, so its consent is void once the agent is sold.
    function test_setAgentWallet_consentIsToOneOwner() public {
        register(owner);
        uint256 deadline = now_() + 5 minutes;
        bytes memory toTheOldOwner = sign(hot, consent(1, hot.addr, owner.addr, deadline));
        vm.prank(owner.addr);
        identity.transferFrom(owner.addr, buyer.addr, 1);
        vm.expectRevert(error_("invalid wallet sig"));
        setWallet(buyer.addr, 1, hot.addr, deadline, toTheOldOwner);
    }

    function test_unsetAgentWallet() public {
        register(owner);
        vm.expectRevert(NOT_AUTHORIZED);
        identity.unsetAgentWallet(1);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MetadataSet(1, "agentWallet", "agentWallet", "");
        vm.prank(owner.addr);
        identity.unsetAgentWallet(1);
        eq(identity.getAgentWallet(1), address(0), "wallet");
        eq(identity.getMetadata(1, "agentWallet"), "", "metadata");
    }

    /// By each of the three transfers, by each of the three who may, to another and to the owner itself.
    function test_transfer_ofAnyKindTakesTheWallet() public {
        vm.prank(owner.addr);
        identity.setApprovalForAll(hot.addr, true);
        address approved = address(0xa9);
        for (uint256 i = 0; i < 18; ++i) {
            uint256 id = register(owner);
            vm.prank(owner.addr);
            identity.approve(approved, id);
            address to = i % 2 == 0 ? buyer.addr : owner.addr;
            vm.prank([owner.addr, hot.addr, approved][i % 3]);
            if (i < 6) identity.transferFrom(owner.addr, to, id);
            else if (i < 12) identity.safeTransferFrom(owner.addr, to, id);
            else identity.safeTransferFrom(owner.addr, to, id, "data");
            eq(identity.ownerOf(id), to, "owner");
            eq(identity.getAgentWallet(id), address(0), "wallet");
            eq(identity.getMetadata(id, "agentWallet"), "", "metadata");
        }
    }

    function test_transfer_takesTheWalletAndStartsAnEpoch() public {
        register(owner);
        vm.expectEmit(address(identity));
        emit IIdentityRegistry.MetadataSet(1, "agentWallet", "agentWallet", "");
        vm.prank(owner.addr);
        identity.transferFrom(owner.addr, buyer.addr, 1);
        (address walletNow, uint32 epoch) = identity.agentWalletAndEpoch(1);
        eq(walletNow, address(0), "wallet");
        eq(epoch, 1, "epoch");
        vm.prank(buyer.addr);
        identity.transferFrom(buyer.addr, buyer.addr, 1);
        (, epoch) = identity.agentWalletAndEpoch(1);
        eq(epoch, 1, "no change of owner, no epoch");
    }

    function test_isAuthorizedOrOwner() public {
        register(owner);
        check(identity.isAuthorizedOrOwner(owner.addr, 1), "owner");
        check(!identity.isAuthorizedOrOwner(buyer.addr, 1), "stranger");
        check(!identity.isAuthorizedOrOwner(address(0), 1), "nobody");
        vm.prank(owner.addr);
        identity.setApprovalForAll(buyer.addr, true);
        check(identity.isAuthorizedOrOwner(buyer.addr, 1), "operator");
        vm.expectRevert(UNKNOWN);
        identity.isAuthorizedOrOwner(owner.addr, 99);
    }

    function test_unknownAgentsHaveNeitherWalletNorMetadata() public view {
        (address walletNow, uint32 epoch) = identity.agentWalletAndEpoch(99);
        eq(walletNow, address(0), "wallet");
        eq(epoch, 0, "epoch");
        eq(identity.getMetadata(99, "agentWallet"), "", "metadata");
        eq(identity.getAgentWallet(99), address(0), "wallet by the standard's read");
    }
}

/// @notice Sells its agent while it is being registered.
contract Flipper is IERC721Receiver {
    IdentityRegistry private immutable registry;
    address private immutable to;

    constructor(IdentityRegistry registry_, address to_) {
        (registry, to) = (registry_, to_);
    }

    function register() external returns (uint256) {
        return registry.register();
    }

    function onERC721Received(address, address, uint256 id, bytes calldata) external returns (bytes4) {
        registry.transferFrom(address(this), to, id);
        return this.onERC721Received.selector;
    }
}
