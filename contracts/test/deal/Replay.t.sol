// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DealEscrow} from "../../src/deal/DealEscrow.sol";
import {Division, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice Invariant 11 as a matrix: what a party signed for one use, tried in every other. Each verb is brought
/// to where its right signature works; then every other signature of the same party is refused (another verb's,
/// another chain's, escrow's, deal's, leg's, occupant's, or of another state), the right one works, and works no second time.
contract ReplayTest is Deals {
    enum Verb {
        Join,
        Deliver,
        Accept,
        Substitute,
        DisputeActive,
        DisputeDelivered,
        DisputeByClient,
        Settle,
        SettleByPayee,
        SettleDelivered,
        SettleDisputed,
        Rate,
        RateByClient
    }

    enum Twist {
        None,
        Chain,
        Escrow,
        Deal,
        Leg,
        Occupant
    }

    uint256 private constant VERBS = 13;
    uint256 private constant TWISTS = 6;

    Head private head;
    Leg[] private legs;
    bytes32 private dealId;
    bytes32 private idOnAnotherChain;
    bytes32 private idInAnotherEscrow;
    Division private division;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        head.joinBy = uint40(now_() + 1 hours);
        legs.push(backed(leg_(payee, 1000)));
        legs.push(leg_(payee, 7));
        division = Division(5, 6, uint40(now_() + 9 days));
        dealId = escrow.dealIdOf(head, legs);
        idInAnotherEscrow = new DealEscrow(identity).dealIdOf(head, legs);
        uint256 chain = block.chainid;
        vm.chainId(4711);
        idOnAnotherChain = escrow.dealIdOf(head, legs);
        vm.chainId(chain);
        deposit(payee, 500);
        deposit(standby, 40);
        usdc.mint(client.addr, 1037);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 1037);
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.prank(client.addr);
        escrow.open(h, l, new bytes[](2), new bytes[](1), allowance());
    }

    function test_replay_everySignatureInEveryOtherUse() public {
        uint256 tried = 0;
        for (uint256 v = 0; v < VERBS; ++v) {
            Verb verb = Verb(v);
            uint256 before = vm.snapshotState();
            _reach(verb);
            bytes32 right = _digest(verb, Twist.None);
            for (uint256 w = 0; w < VERBS * TWISTS; ++w) {
                bytes32 other = _digest(Verb(w / TWISTS), Twist(w % TWISTS));
                if (other == right) continue;
                ++tried;
                _refuses(verb, right, sign(_signer(verb), other));
            }
            _refuses(verb, right, sign(stranger, right));
            bytes memory signature = sign(_signer(verb), right);
            check(_use(verb, signature), "the right one works");
            check(!_use(verb, signature), "and no second time");
            vm.revertToState(before);
        }
        // 13 uses times 78 digests, less the 28 that are the right one by another name: occupants are in two types
        // alone, terms have no leg, and both sides sign one division and one dispute
        eq(tried, 986, "the matrix is full");
    }

    /// @dev Brings leg 0 to where the verb may be used.
    function _reach(Verb verb) private {
        if (verb == Verb.Join) return;
        check(_use(Verb.Join, sign(payee, dealId)), "joined");
        if (verb == Verb.Substitute) {
            vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        } else if (
            verb == Verb.Accept || verb == Verb.DisputeDelivered || verb == Verb.DisputeByClient
                || verb == Verb.SettleDelivered
        ) {
            deliver(head, legs, 0);
        } else if (verb == Verb.SettleDisputed) {
            deliver(head, legs, 0);
            dispute(client.addr, head, legs, 0);
        } else if (verb == Verb.Rate || verb == Verb.RateByClient) {
            settle(head, legs, 0, payee, 1, 1);
        }
    }

    function _refuses(Verb verb, bytes32 right, bytes memory signature) private {
        address signer = _signer(verb).addr;
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, signer, right);
        refuses(stranger.addr, _call(verb, signature), why);
    }

    function _use(Verb verb, bytes memory signature) private returns (bool ok) {
        bytes memory call_ = _call(verb, signature);
        vm.prank(stranger.addr);
        (ok,) = address(escrow).call(call_);
    }

    function _signer(Verb verb) private view returns (Wallet memory) {
        bool byClient = verb == Verb.Accept || verb == Verb.Settle || verb == Verb.SettleDisputed;
        if (byClient || verb == Verb.DisputeByClient || verb == Verb.RateByClient) return client;
        return verb == Verb.Substitute ? standby : payee;
    }

    function _call(Verb verb, bytes memory s) private view returns (bytes memory) {
        (Head memory h, bytes32[] memory o, Leg memory l) = (head, siblings(legs, 0), legs[0]);
        if (verb == Verb.Join) return abi.encodeCall(escrow.join, (h, o, 0, l, s, sign(standby, dealId)));
        if (verb == Verb.Deliver) {
            return abi.encodeCall(escrow.deliver, (escrow.hashHead(h), o, 0, l, DELIVERABLE, "", s));
        }
        if (verb == Verb.Accept) return abi.encodeCall(escrow.accept, (h, o, 0, l, 9, s));
        if (verb == Verb.Substitute) return abi.encodeCall(escrow.substitute, (h, o, 0, l, s));
        if (verb == Verb.Rate || verb == Verb.RateByClient) {
            return abi.encodeCall(escrow.rate, (h, o, 0, l, verb == Verb.RateByClient, 9, s));
        }
        if (verb >= Verb.Settle && verb <= Verb.SettleDisputed) {
            bool byPayee = verb == Verb.SettleByPayee || verb == Verb.SettleDelivered;
            bytes memory other = sign(byPayee ? client : payee, _digest(verb, Twist.None));
            (bytes memory clientSig, bytes memory payeeSig) = byPayee ? (other, s) : (s, other);
            return abi.encodeCall(escrow.settle, (h, o, 0, l, division, clientSig, payeeSig));
        }
        return abi.encodeCall(escrow.dispute, (h, o, 0, l, verb == Verb.DisputeByClient, EVIDENCE, "", s));
    }

    function _digest(Verb verb, Twist twist) private view returns (bytes32) {
        bytes32 id = twist == Twist.Deal ? keccak256("another deal") : dealId;
        uint256 leg = twist == Twist.Leg ? 1 : 0;
        address occupant = twist == Twist.Occupant ? standby.addr : payee.addr;
        if (verb == Verb.Join) return _termsDigest(twist);
        bytes32 hash;
        if (verb == Verb.Deliver) {
            hash = keccak256(
                abi.encode(
                    keccak256("Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)"),
                    id,
                    leg,
                    DELIVERABLE,
                    occupant
                )
            );
        } else if (verb == Verb.Accept) {
            hash =
                keccak256(abi.encode(keccak256("Accept(bytes32 dealId,uint8 leg,uint8 rating)"), id, leg, 9));
        } else if (verb == Verb.Substitute) {
            hash = keccak256(abi.encode(keccak256("Substitute(bytes32 dealId,uint8 leg)"), id, leg));
        } else if (verb >= Verb.Settle && verb <= Verb.SettleDisputed) {
            hash = keccak256(
                abi.encode(
                    keccak256(
                        "Settle(bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,uint128 bondBack,uint40 validBefore)"
                    ),
                    id,
                    leg,
                    _settles(verb),
                    occupant,
                    division
                )
            );
        } else if (verb == Verb.Rate || verb == Verb.RateByClient) {
            hash = keccak256(
                abi.encode(
                    keccak256("Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)"),
                    id,
                    leg,
                    verb == Verb.RateByClient,
                    9
                )
            );
        } else {
            hash = keccak256(
                abi.encode(
                    keccak256("Dispute(bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence)"),
                    id,
                    leg,
                    verb != Verb.DisputeActive,
                    EVIDENCE
                )
            );
        }
        return digestIn(_domain(twist), hash);
    }

    /// @dev In which state a settlement is signed.
    function _settles(Verb verb) private pure returns (LegState) {
        if (verb == Verb.SettleDelivered) return LegState.Delivered;
        return verb == Verb.SettleDisputed ? LegState.Disputed : LegState.Active;
    }

    function _termsDigest(Twist twist) private view returns (bytes32) {
        if (twist == Twist.Deal) return keccak256("another deal");
        if (twist == Twist.Chain) return idOnAnotherChain;
        return twist == Twist.Escrow ? idInAnotherEscrow : dealId;
    }

    function _domain(Twist twist) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Earnest Deal"),
                keccak256("1"),
                twist == Twist.Chain ? 4711 : block.chainid,
                twist == Twist.Escrow ? address(0xE5C) : address(escrow)
            )
        );
    }
}
